import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isId, newId } from './ids.ts';

/** Far ahead of the machine's clock, so that no other id of this process stands before it. */
const start = Date.parse('2100-01-01T00:00:00Z');

test('an id carries its millisecond, the version 7 and the variant of RFC 9562', () => {
  // 2022-02-22T19:22:22Z is 1645557742000 = 0x017f22e279b0, the example in RFC 9562, appendix A.6.
  const id = newId(1_645_557_742_000);
  expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(isId(id)).toBe(true);
});

test('ids rise in text order and never repeat, also within a millisecond and when the clock steps back', () => {
  let base = start;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 2, maxLength: 200 }), (steps) => {
      // Each round begins well after the one before, whose last id would otherwise count as a clock that stepped back.
      base += 1_000_000;
      let now = base;
      const ids = steps.map((step) => newId((now += step)));
      // 200 steps of at most 500 ms are 100 s; only single corrections below 10 s are promised to keep order.
      fc.pre(Math.max(...sums(steps)) - Math.min(...sums(steps)) < 10_000);
      expect(ids).toEqual([...new Set(ids)].sort());
    }),
  );
});

test('a million ids of one millisecond are distinct and in order', () => {
  const now = start + 3_600_000;
  let previous = newId(now);
  let outOfOrder = 0;
  for (let count = 0; count < 1_000_000; count += 1) {
    const id = newId(now);
    if (id <= previous) outOfOrder += 1;
    previous = id;
  }
  expect(outOfOrder).toBe(0);
});

test('a long jump backwards takes the new time', () => {
  newId(start);
  expect(newId(1_645_557_742_000).startsWith('017f22e2-79b0')).toBe(true);
});

test.each([
  ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f', true],
  ['017F22E2-79B0-7CC3-98C4-DC0C0C07398F', false],
  ['017f22e279b07cc398c4dc0c0c07398f', false],
  ['017f22e2-79b0-7cc3-98c4-dc0c0c07398g', false],
  ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n', false],
  ['', false],
])('isId(%j) is %s', (text, expected) => {
  expect(isId(text)).toBe(expected);
});

function sums(steps: readonly number[]): number[] {
  let total = 0;
  return steps.map((step) => (total += step));
}
