import { expect, test } from 'vitest';
import { COMMON_STEMS } from './common-stems.ts';
import { isGuessedFirst } from './is-guessed-first.ts';

test.each([
  'password2024!',
  'P@ssw0rd123',
  '123michael',
  'Sunshine99',
  'Tr@der2026',
  'LoveBerlin1',
  'michaelmichael',
  'letmein!!',
  'iloveyou22',
  'm1chael1',
  'qwertzuiop',
  '876543210',
  'lkjhgfdsa',
  'abc1abc1',
  'abababab',
])('%s is among the first', (password) => {
  expect(isGuessedFirst(password)).toBe(true);
});

test.each([
  'correct horse',
  'a good sentence',
  'Tr0ub4dor&3',
  'angelsdreaming',
  'michael likes long walks',
  'vK7#pq2LmZ',
  'ananas im regen',
  '日本語のパスワードです',
  'password-of-the-lighthouse',
])('%s is not', (password) => {
  expect(isGuessedFirst(password)).toBe(false);
});

test('of the usual decorations of any word none is let through', () => {
  const decorated = ['1', '12', '123', '1234', '12345', '!', '1!', '123!', '2024', '2026', '007', '#1', '99'];
  let refused = 0;
  for (const stem of COMMON_STEMS)
    for (const ending of decorated) {
      const password = `${stem.slice(0, 1).toUpperCase()}${stem.slice(1)}${ending}`;
      if (password.length < 8) continue;
      expect([password, isGuessedFirst(password)]).toEqual([password, true]);
      refused += 1;
    }
  // More than the three thousand that a list would have to name.
  expect(refused).toBeGreaterThan(3_000);
});
