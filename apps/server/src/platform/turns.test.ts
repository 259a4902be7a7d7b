import { expect, test } from 'vitest';
import { atOnce, besides, eachInTurns, endsTurn } from './turns.ts';

const items = Array.from({ length: 1_200 }, (_, index) => index);

test('one result per item, in their order, at once and besides', async () => {
  const doubled = items.map((item) => item * 2);
  expect(atOnce(eachInTurns(items, (item) => item * 2))).toEqual(doubled);
  expect(await besides(eachInTurns(items, (item) => item * 2))).toEqual(doubled);
});

test('others have their turn before long work has ended', async () => {
  let doneWhenOthersCame = -1;
  let done = 0;
  setImmediate(() => (doneWhenOthersCame = done));
  await besides(eachInTurns(items, () => (done += 1)));
  // Of 1,200 items the first 499 are done by the end of the first turn.
  expect([doneWhenOthersCame, done]).toEqual([499, 1_200]);
});

test('a turn ends after five hundred items', () => expect(items.filter(endsTurn)).toEqual([499, 999]));

test('an error of the work is that of the whole', async () => {
  const fail = () => {
    throw new Error('no such item');
  };
  await expect(besides(eachInTurns(items, fail))).rejects.toThrow('no such item');
});
