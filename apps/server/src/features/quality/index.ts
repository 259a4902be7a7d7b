/** Quality: what may be wrong in a portfolio's records, checked when asked. */
export { checkPortfolio } from './check-portfolio.ts';
export type { QualityNeeds } from './check-portfolio.ts';
export { bindQualityRoutes } from './quality-routes.ts';
