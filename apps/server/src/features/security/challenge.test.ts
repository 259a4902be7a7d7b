import { expect, test } from 'vitest';
import { readChallenge, writeChallenge } from './challenge.ts';

const needs = { key: Buffer.alloc(32, 5), now: 1_767_623_400_000, purpose: 'login' };
const FIVE_MINUTES = 300_000;

test('a challenge is good for five minutes, for what it was made for', () => {
  const text = writeChallenge(needs);
  const until = needs.now + FIVE_MINUTES;
  expect(readChallenge(text, needs)).toBe(until);
  expect(readChallenge(text, { ...needs, now: until - 1 })).toBe(until);
  expect(readChallenge(text, { ...needs, now: until })).toBeNull();
  expect(readChallenge(text, { ...needs, purpose: 'somebody' })).toBeNull();
  expect(readChallenge(text, { ...needs, key: Buffer.alloc(32, 6) })).toBeNull();
  expect(writeChallenge(needs)).not.toBe(text);
});

test('a later end cannot be written into it', () => {
  const bytes = Buffer.from(writeChallenge(needs), 'base64url');
  bytes.writeBigUInt64BE(BigInt(needs.now + 10 * FIVE_MINUTES), 16);
  expect(readChallenge(bytes.toString('base64url'), needs)).toBeNull();
  expect(readChallenge('', needs)).toBeNull();
});
