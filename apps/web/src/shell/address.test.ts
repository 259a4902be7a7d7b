import { expect, test } from 'vitest';
import { page, readAddress, text, word } from './address.ts';

test('only what has a meaning is kept', () => {
  expect(readAddress({ a: text(''), b: text('x'), c: word('up', ['up', 'down']), d: word('<b>', ['up']) })).toEqual({ b: 'x', c: 'up' });
  expect(text(225)).toBe('225');
  expect(text({})).toBeUndefined();
  expect(text('y'.repeat(500))).toHaveLength(200);
});

test.each([
  [2, 2],
  [0, undefined],
  [1.5, undefined],
  [-1, undefined],
  ['2', undefined],
  [10_000_000, undefined],
])('page %j of an address is %j', (value, meant) => {
  expect(page(value)).toBe(meant);
});
