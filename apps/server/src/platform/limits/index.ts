/** How often somebody may ask: two stacked buckets, in process or in Redis for all servers. */
export { createLimiter } from './limiter.ts';
export type { LimitDecision, Limiter, LimiterOptions } from './limiter.ts';
export { networkOf } from './buckets.ts';
export type { Asker, RateRules } from './buckets.ts';
