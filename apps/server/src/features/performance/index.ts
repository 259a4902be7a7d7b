/** Performance: returns, risk, realized gains, income, lots and explanations of a portfolio, computed on other threads. */
export { checkSnapshots } from './check-snapshots.ts';
export { createCloseSeries } from './close-series.ts';
export { createFiguresAsOf, pastMoment } from './figures-as-of.ts';
export type { FiguresAsOf, PastMoment } from './figures-as-of.ts';
export { gatherForReading } from './gather-history.ts';
export { gatherPeriod } from './gather-period.ts';
export type { GatherNeeds } from './gather-history.ts';
export type { RETURN_SENTENCES, RISK_SENTENCES } from './methods.ts';
export { openPerformanceThreads } from './performance-threads.ts';
export type { PerformanceThreads } from './performance-threads.ts';
export { bindPerformanceRoutes } from './performance-routes.ts';
export { snapshotJobs } from './snapshot-jobs.ts';
