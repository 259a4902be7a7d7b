import { expect, test } from 'vitest';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

// RFC 6238, appendix B, SHA-1: the secret is the ASCII text 12345678901234567890, the codes are cut to six digits.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
])('at %i s the code %s is of step %i', (seconds, code, step) => {
  expect(stepOfCode(SECRET, code, seconds * 1_000)).toBe(step);
  expect(stepOfCode(SECRET, `${code.slice(0, 3)} ${code.slice(3)}`, seconds * 1_000)).toBe(step);
});

test('a code is good for its step and the ones beside it, and no longer', () => {
  // Step 1 lasts from 30 s to 60 s.
  expect([29_999, 0, 60_000, 89_999].map((now) => stepOfCode(SECRET, '287082', now))).toEqual([1, 1, 1, 1]);
  expect([90_000, 120_000].map((now) => stepOfCode(SECRET, '287082', now))).toEqual([null, null]);
});

test.each(['', '12345', '1234567', '28708a', '٢٨٧٠٨٢'])('%j is no code', (code) => {
  expect(stepOfCode(SECRET, code, 59_000)).toBeNull();
});

test('secrets have 160 bits and differ; the address names the account', () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(secret);
  expect(totpUri(secret, 'ada@example.com')).toBe(
    `otpauth://totp/Holdfast:ada%40example.com?issuer=Holdfast&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
});
