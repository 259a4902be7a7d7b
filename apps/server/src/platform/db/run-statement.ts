import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Db } from './pool.ts';
import type { Tx } from './transact.ts';

/** Where a statement can be run: within a transaction of either driver, or by itself. */
export type StatementRunner = Tx | Db | pg.ClientBase | pg.Pool;

/** Runs one statement with values $1, $2, … and gives its rows. */
export async function runStatement(on: StatementRunner, text: string, values: readonly unknown[]): Promise<readonly unknown[]> {
  if ('executeQuery' in on) return (await on.executeQuery(CompiledQuery.raw(text, [...values]))).rows;
  const { rows }: { rows: unknown[] } = await on.query(text, [...values]);
  return rows;
}
