import { expect, test } from 'vitest';
import { COMMON_NAMES } from './common-names.ts';
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
  '1qaz2wsx',
  'zaq12wsx',
  '1q2w3e4r5t',
  'qwe123asd',
  '!QAZ2wsx',
  'asdfqwer1234',
  '12031990',
  '1990-03-12',
  '12.03.1990',
  'katarzyna12.03.1990',
  'Wolfgang!',
  'blackpanther77',
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
  'property taxes are due',
  'liebe grüße aus wien',
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

/** What follows a word most: a year, a number, a sign. */
const ENDINGS = [
  ...[
    '',
    '!',
    '?',
    '.',
    '#',
    '1!',
    '123!',
    '@123',
    '#1',
    '!!',
    '*',
    '_1',
    '007',
    '123',
    '1234',
    '12345',
    '123456',
    '321',
    '111',
    '777',
    '000',
  ],
  ...Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0')),
  ...Array.from({ length: 10 }, (_, digit) => String(digit)),
  ...Array.from({ length: 90 }, (_, year) => [String(1940 + year), `${1940 + year}!`, `@${1940 + year}`]).flat(),
];
const AS_DIGITS: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };
const asWritten = (stem: string) => [
  ...new Set([
    stem,
    `${stem.slice(0, 1).toUpperCase()}${stem.slice(1)}`,
    stem.toUpperCase(),
    [...stem].map((letter) => AS_DIGITS[letter] ?? letter).join(''),
  ]),
];

test('more than three million passwords are refused by their making, and of a thousand taken from among them not one is let through', () => {
  // Stems are letters and endings are none, so that no two of them are one password.
  let made = 0;
  for (const stem of new Set([...COMMON_STEMS, ...COMMON_NAMES]))
    for (const word of asWritten(stem))
      for (const ending of ENDINGS) {
        if (word.length + ending.length < 8) continue;
        made += 1;
        if (made % 3_000 === 0 && !isGuessedFirst(word + ending)) expect.fail(`${word}${ending} was let through`);
      }
  expect(made).toBeGreaterThan(3_000_000);
});

/** The same numbers every time (Numerical Recipes, the linear congruential generator of 32 bits). */
function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('sentences of four words, even of the commonest, and what a generator makes are let through', () => {
  const next = sequence(20_260_105);
  const words = [...COMMON_STEMS, ...COMMON_NAMES];
  const signs = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  for (let round = 0; round < 5_000; round += 1) {
    const sentence = Array.from({ length: 4 }, () => words[next(words.length)] ?? '').join(' ');
    if (isGuessedFirst(sentence)) expect.fail(`${sentence} was refused`);
    const made = Array.from({ length: 14 }, () => signs[next(signs.length)] ?? '').join('');
    if (isGuessedFirst(made)) expect.fail(`${made} was refused`);
  }
});
