/** Margin: owners of paper portfolios that trade on credit are told when they come near what they may. */
export { openMargin } from './open-margin.ts';
export type { Margin, MarginNeeds } from './open-margin.ts';
