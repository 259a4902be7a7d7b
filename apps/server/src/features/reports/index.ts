/** Reports: holdings, transactions, gains, performance and income as PDF, XLSX and CSV, at once or made in the background. */
export { openReports } from './open-reports.ts';
export type { Reports } from './open-reports.ts';
export { KEPT_MS as REPORTS_KEPT_MS } from './describe-report.ts';
