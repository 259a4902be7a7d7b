/** Allocation: how a portfolio should be spread, and what would have to be traded for it. */
export { setTargets } from './set-targets.ts';
export { bindAllocationRoutes } from './allocation-routes.ts';
