import { expect, test } from 'vitest';
import { partOf } from './content-range.ts';

const tag = '"abc"';

// A file of 1,000 bytes: the last one has the number 999.
test.each([
  [undefined, undefined, '0-999 whole'],
  ['bytes=0-', undefined, '0-999 part'],
  ['bytes=0-499', undefined, '0-499 part'],
  ['bytes=500-', undefined, '500-999 part'],
  ['bytes=500-5000', undefined, '500-999 part'],
  ['bytes=-1', undefined, '999-999 part'],
  ['bytes=-5000', undefined, '0-999 part'],
  ['bytes=999-', undefined, '999-999 part'],
  ['bytes=1000-', undefined, 'range_not_satisfiable'],
  ['bytes=-0', undefined, 'range_not_satisfiable'],
  ['bytes=5-4', undefined, '0-999 whole'],
  ['bytes=-', undefined, '0-999 whole'],
  ['bytes=0-1,5-6', undefined, '0-999 whole'],
  ['lines=1-2', undefined, '0-999 whole'],
  ['bytes=500-', '"abc"', '500-999 part'],
  ['bytes=500-', '"another"', '0-999 whole'],
])('%s, if it is still %s: %s', (range, ifRange, outcome) => {
  const told = () => {
    try {
      const { from, to, isPart } = partOf(1_000, { range, ifRange, tag });
      return `${from}-${to} ${isPart ? 'part' : 'whole'}`;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(told()).toBe(outcome);
});
