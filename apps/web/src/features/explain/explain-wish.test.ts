import { expect, test } from 'vitest';
import { readWish } from './explain-wish.ts';

test.each([
  ['netGain', { kind: 'figure', figure: 'netGain', subject: null }],
  ['marketValue:BRK.B', { kind: 'figure', figure: 'marketValue', subject: 'BRK.B' }],
  ['return:moneyWeighted', { kind: 'return', name: 'moneyWeighted' }],
  ['return:imagined', null],
  ['imagined', null],
  [undefined, null],
])('%s', (text, wish) => {
  expect(readWish(text)).toEqual(wish);
});
