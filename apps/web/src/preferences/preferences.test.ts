import { expect, test } from 'vitest';
import { proposedPreferences, readPreferences } from './preferences.ts';

test.each([
  ['zh-CN', 'red-up', 'en'],
  ['ja', 'red-up', 'en'],
  ['ko-KR', 'red-blue', 'en'],
  ['de-AT', 'classic', 'de'],
  ['en-GB', 'classic', 'en'],
])('a reader of %s is proposed %s and the language %s', (tag, direction, language) => {
  expect(proposedPreferences([tag])).toMatchObject({ direction, language });
});

test('the first language that is spoken here wins', () => {
  expect(proposedPreferences(['fr-FR', 'de-DE', 'en']).language).toBe('de');
});

test('what was stored holds, what has no meaning falls back', () => {
  const proposed = proposedPreferences(['en']);
  const read = readPreferences('{"theme":"dark","direction":"rainbow","hideAmounts":true,"extra":1}', proposed);
  expect(read).toEqual({ ...proposed, theme: 'dark', hideAmounts: true });
  expect(readPreferences('not json', proposed)).toEqual(proposed);
  expect(readPreferences(null, proposed)).toEqual(proposed);
});
