import type { Portfolio } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { readScope } from './scope.ts';

const all = [
  { id: 'a', kind: 'tracked' },
  { id: 'b', kind: 'tracked' },
  { id: 'c', kind: 'paper' },
] as unknown as readonly Portfolio[];

test.each([
  [undefined, ['a'], 'tracked', 'a b'],
  [undefined, [], 'paper', 'c'],
  ['tracked', [], 'tracked', 'a b'],
  ['paper', ['a'], 'paper', 'c'],
  ['b', [], 'b', 'b'],
  ['somebody else’s', ['b'], 'tracked', 'a b'],
])('asked for %s, while %j hold something: %s', (wanted, holding, id, shown) => {
  const scope = readScope(all, wanted, (known) => (holding as readonly string[]).includes(known));
  expect(scope.id).toBe(id);
  expect(scope.portfolios.map((portfolio) => portfolio.id).join(' ')).toBe(shown);
});

test('without a paper portfolio an empty tracked one is shown', () => {
  expect(readScope(all.slice(0, 1), undefined, () => false).id).toBe('tracked');
});
