import { readStatement } from './read-statement.ts';

/** What another thread does with statements. */
export const statementTasks = { readStatement };
export type StatementTasks = typeof statementTasks;
