/** All SQL of allocation targets. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export interface TargetsOf {
  readonly portfolioId: string;
  readonly by: string;
}

/** Fractions of the whole by key. */
export async function findTargets(db: Db | Tx, { portfolioId, by }: TargetsOf): Promise<ReadonlyMap<string, Decimal>> {
  const { rows } = await sql<{ key: string; target: string }>`
    select key, target from allocation_targets where portfolio_id = ${portfolioId} and grouped_by = ${by} order by key`.execute(db);
  return new Map(rows.map(({ key, target }) => [key, decimal(target)]));
}

/** In place of all there were. The caller holds the portfolio, so that of two changes at once one is whole. */
export async function replaceTargets(tx: Tx, { portfolioId, by }: TargetsOf, targets: ReadonlyMap<string, Decimal>): Promise<void> {
  await sql`delete from allocation_targets where portfolio_id = ${portfolioId} and grouped_by = ${by}`.execute(tx);
  const rows = [...targets].map(([key, target]) => ({ key, target: formatDecimal(target) }));
  await sql`
    insert into allocation_targets (portfolio_id, grouped_by, key, target)
    select ${portfolioId}::uuid, ${by}::text, key, target
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (key text, target numeric)`.execute(tx);
}
