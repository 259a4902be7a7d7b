import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { advanceTo, firstRefreshToken, hashOf, nextRefreshToken, readRefreshToken } from './refresh-token.ts';

const key = Buffer.alloc(32, 1);
const id = newId(1_767_623_400_000);

test('a token says which session and generation it is of, and fits a cookie', () => {
  const first = firstRefreshToken(key, id);
  const second = nextRefreshToken(key, first);
  expect(readRefreshToken(key, second.text)).toEqual({ sessionId: id, generation: 2, text: second.text });
  // 68 bytes are 91 characters of base64url (68 * 8 / 6 = 90.67), with hfr_ before them.
  expect(second.text).toMatch(/^hfr_[\w-]{91}$/);
});

test('two sessions share nothing, one parent has one successor', () => {
  const [one, other] = [firstRefreshToken(key, id), firstRefreshToken(key, id)];
  expect(one.text).not.toBe(other.text);
  expect(nextRefreshToken(key, one)).toEqual(nextRefreshToken(key, one));
  expect(nextRefreshToken(Buffer.alloc(32, 2), one).text).not.toBe(nextRefreshToken(key, one).text);
});

test('an old token can be followed to the newest, never back', () => {
  const chain = [firstRefreshToken(key, id)];
  for (const step of [1, 2, 3]) chain.push(nextRefreshToken(key, chain[step - 1] ?? firstRefreshToken(key, id)));
  const [first, , third, fourth] = chain;
  if (first === undefined || third === undefined || fourth === undefined) throw new Error('The chain is short.');
  expect(advanceTo(key, first, 4)).toEqual(fourth);
  expect(advanceTo(key, third, 3)).toEqual(third);
  expect(advanceTo(key, fourth, 3)).toBeNull();
  expect(advanceTo(key, first, 2 ** 32 - 1)).toBeNull();
  expect(hashOf(fourth)).toHaveLength(32);
});

test('any changed character, another key or another spelling is no token', () => {
  const { text } = firstRefreshToken(key, id);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.constantFrom(...'AZaz09-_+/= '), (at, character) => {
      fc.pre(text[at] !== character);
      expect(readRefreshToken(key, text.slice(0, at) + character + text.slice(at + 1))).toBeNull();
    }),
  );
  expect(readRefreshToken(Buffer.alloc(32, 2), text)).toBeNull();
  expect(readRefreshToken(key, `${text}=`)).toBeNull();
  expect(readRefreshToken(key, text.slice(0, -1))).toBeNull();
});
