/** What the server tells about itself: its log, its figures, whether it is well. */
export { collectGarbage } from './collect-garbage.ts';
export { openLog, silentLogger } from './logger.ts';
export type { ErrorLine, Log, Logger, LogOptions } from './logger.ts';
export type { RequestLine } from './request-log.ts';
export { readProcessFacts } from './process-facts.ts';
export { createMetrics } from './metrics.ts';
export type { Counter, Gauge, Histogram, Metrics, MetricsOptions } from './metrics.ts';
export { createHealth } from './health.ts';
export type { CheckOutcome, Health, HealthCheck, HealthOptions, HealthReport } from './health.ts';
