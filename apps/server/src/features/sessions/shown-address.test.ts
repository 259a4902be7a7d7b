import { expect, test } from 'vitest';
import { shownAddress } from './shown-address.ts';

test.each([
  ['', null],
  ['203.0.113.7', '203.0.113.x'],
  ['::ffff:203.0.113.7', '203.0.113.x'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
])('%j is shown as %j', (ip, shown) => {
  expect(shownAddress(ip)).toBe(shown);
});
