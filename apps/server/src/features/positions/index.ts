/** Positions: what is held and what it is worth at this moment. */
export { allocationJson, allocationKey, CASH_KEY, partsOf } from './allocation.ts';
export type { AllocationKey } from './allocation.ts';
export { createPortfolioTotals } from './portfolio-totals.ts';
export { bindPositionRoutes } from './position-routes.ts';
export { createSummaries } from './summarize-portfolio.ts';
export type { SummaryNeeds } from './summarize-portfolio.ts';
export { describePosition, percent, valuePositions } from './value-positions.ts';
export type { Valuation, ValuationNeeds, ValuedPosition } from './value-positions.ts';
