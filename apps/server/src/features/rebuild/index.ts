/** Rebuild: cash, positions, lots, orders and bars worked out again from the facts, and every difference to what is stored, named. */
export { auditBars } from './audit-bars.ts';
export { auditPortfolios } from './audit-portfolios.ts';
export type { AuditOptions, AuditTotals } from './audit-portfolios.ts';
export type { BarDifference, Difference } from './difference.ts';
