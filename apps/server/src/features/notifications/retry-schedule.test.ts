import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-schedule.ts';

test('webhooks are tried ten times over three days, messages eight times over two', () => {
  const pauses = (channel: 'webhook' | 'email') => {
    const all: number[] = [];
    for (let pause = retryAfterMs(channel, 1, 0); pause !== null; pause = retryAfterMs(channel, all.length + 1, 0)) all.push(pause / 1_000);
    return all;
  };
  expect(pauses('webhook')).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  expect(pauses('email')).toEqual([60, 300, 900, 3_600, 14_400, 43_200, 86_400]);
});

test('the pause is up to a tenth longer', () => {
  // 300,000 x (1 + 0.1 x 0.5) = 315,000
  expect(retryAfterMs('push', 2, 0.5)).toBe(315_000);
});
