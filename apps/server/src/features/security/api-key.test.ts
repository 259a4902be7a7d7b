import { expect, test } from 'vitest';
import { readApiKey, writeApiKey } from './api-key.ts';

const key = Buffer.alloc(32, 3);

test('a key is known by its hash, shows its beginning, and no two are alike', () => {
  const made = writeApiKey(key);
  // 40 bytes are 54 characters of base64url (40 * 8 / 6 = 53.3), with hfk_ before them.
  expect(made.text).toMatch(/^hfk_[\w-]{54}$/);
  expect(made.start).toBe(made.text.slice(0, 12));
  expect(readApiKey(key, made.text)?.equals(made.hash)).toBe(true);
  expect(writeApiKey(key).text).not.toBe(made.text);
  expect(made.text.includes(made.hash.toString('base64url'))).toBe(false);
});

test('a changed key, one of another server and the stored hash itself are none', () => {
  const { text, hash } = writeApiKey(key);
  const changed = `${text.slice(0, 10)}${text[10] === 'A' ? 'B' : 'A'}${text.slice(11)}`;
  for (const wrong of [changed, `${text}=`, text.slice(0, -1), 'hfk_', `hfk_${hash.toString('base64url')}`])
    expect(readApiKey(key, wrong)).toBeNull();
  expect(readApiKey(Buffer.alloc(32, 4), text)).toBeNull();
});
