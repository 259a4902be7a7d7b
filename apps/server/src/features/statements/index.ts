/** Statements: brokers' files of transactions, recognised, looked at row by row, and recorded all at once. */
export { openStatementThreads } from './open-statement.ts';
export { bindStatementRoutes } from './statement-routes.ts';
export { eraseStatements } from './statement-store.ts';
