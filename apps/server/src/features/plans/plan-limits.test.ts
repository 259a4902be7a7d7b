import { expect, test } from 'vitest';
import type { Role } from '../../platform/http/index.ts';
import { PLAN_NAMES, planLimits } from './plan-limits.ts';

const requestsPerHour = { standard: 100, premium: 1000 };
const none = [null, null, null];

test.each<readonly [Role, 'on' | 'off', 'limited' | 'unlimited', readonly (number | null)[]]>([
  // plan, PLANS, RATE_LIMITS, [watchlists, days of prices, requests an hour]
  ['standard', 'on', 'limited', [1, 30, 100]],
  ['premium', 'on', 'limited', [10, null, 1000]],
  ['admin', 'on', 'limited', none],
  ['standard', 'on', 'unlimited', [1, 30, null]],
  ['premium', 'on', 'unlimited', [10, null, null]],
  ['standard', 'off', 'limited', none],
  ['premium', 'off', 'limited', none],
  ['admin', 'off', 'unlimited', none],
])('%s with PLANS=%s and calls %s', (role, plans, calls, expected) => {
  const limits = planLimits(role, { enforced: plans === 'on', requestsPerHour: calls === 'limited' ? requestsPerHour : null });
  expect([limits.watchlists, limits.priceHistoryDays, limits.requestsPerHour]).toEqual(expected);
});

test('every plan has a name of its own', () => {
  expect(PLAN_NAMES).toEqual(['standard', 'premium', 'admin']);
});
