/** How long after a failure the next try comes. */
import type { DeliveryChannel } from './delivery.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** Webhooks as Standard Webhooks recommends: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const WEBHOOK = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/** What a person is to read is of little use after two days. */
const MESSAGE = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR];

/** Up to this share longer, so that what failed together does not come back together. */
const JITTER = 0.1;

/** Null when there is no further try. `attempts` counts those that were made; `chance` is from 0 up to 1. */
export function retryAfterMs(channel: DeliveryChannel, attempts: number, chance: number): number | null {
  const pause = (channel === 'webhook' ? WEBHOOK : MESSAGE)[attempts - 1];
  return pause === undefined ? null : Math.round(pause * (1 + JITTER * chance));
}
