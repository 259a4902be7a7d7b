/** Rebuild: cash, positions, lots and orders worked out again from the facts, and every difference to what is stored, named. */
export { auditPortfolios } from './audit-portfolios.ts';
export type { AuditOptions, AuditTotals } from './audit-portfolios.ts';
export type { Difference } from './difference.ts';
