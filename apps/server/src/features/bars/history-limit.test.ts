import { expect, test } from 'vitest';
import type { Caller } from '../../platform/http/index.ts';
import { historyLimit } from './history-limit.ts';

const now = Date.parse('2026-01-31T12:00:00Z');

function caller(role: Caller['role']): Caller {
  return { userId: 'u', role, sessionId: 's', tokenVersion: 1, via: 'bearer' };
}

interface Case {
  readonly who: Caller | null;
  readonly enforced?: boolean;
  readonly scope?: 'pricing' | 'all';
  readonly door?: 'pricing' | 'openOhlc';
  readonly from: string | null;
}

const thirtyDaysAgo = '2026-01-01T12:00:00.000Z';

test.each<readonly [string, Case]>([
  ['nobody', { who: null, from: thirtyDaysAgo }],
  ['standard', { who: caller('standard'), from: thirtyDaysAgo }],
  ['premium', { who: caller('premium'), from: null }],
  ['admin', { who: caller('admin'), scope: 'all', from: null }],
  ['standard with PLANS=off', { who: caller('standard'), enforced: false, from: null }],
  ['nobody at the open OHLC door', { who: null, door: 'openOhlc', from: null }],
  ['nobody there with HISTORY_LIMIT_SCOPE=all', { who: null, scope: 'all', door: 'openOhlc', from: thirtyDaysAgo }],
  ['premium there with HISTORY_LIMIT_SCOPE=all', { who: caller('premium'), scope: 'all', door: 'openOhlc', from: null }],
])('%s', (_, { who, enforced = true, scope = 'pricing', door = 'pricing', from }) => {
  const limit = historyLimit({ plans: { enforced, requestsPerHour: null }, scope }, who, { now, door });
  expect(limit === null ? null : new Date(limit.from).toISOString()).toBe(from);
});
