/** The record of what was done that concerns security or money: one entry per event, in the transaction of the event itself. */
export { bindAuditRoutes } from './audit-routes.ts';
export { writeAuditEntry } from './audit-store.ts';
export type { NewAuditEntry } from './audit-store.ts';
