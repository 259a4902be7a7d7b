import { expect, test } from 'vitest';
import { safeAddress } from './safe-address.ts';

test.each([
  ['/portfolios/1/overview?range=1Y', '/portfolios/1/overview?range=1Y'],
  ['//evil.example', '/home'],
  ['/\\evil.example', '/home'],
  ['/\t/evil.example', '/home'],
  ['https://evil.example', '/home'],
  ['javascript:alert(1)', '/home'],
  ['/login', '/home'],
  [undefined, '/home'],
])('after signing in, %j leads to %s', (next, address) => {
  expect(safeAddress(next)).toBe(address);
});
