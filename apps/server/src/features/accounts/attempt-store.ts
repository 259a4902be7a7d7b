import { sql } from 'kysely';
import type { Tx } from '../../platform/db/transact.ts';

export interface CountedAttempts {
  readonly count: number;
  /** Epoch milliseconds. */
  readonly lastAt: number;
}

/** The subjects' counts, locked until the transaction ends, so that of many who try at once each sees the one before. */
export async function lockAttempts(tx: Tx, subjects: readonly string[], now: number): Promise<ReadonlyMap<string, CountedAttempts>> {
  const sorted = [...subjects].sort();
  await tx
    .insertInto('failed_attempts')
    .values(sorted.map((subject) => ({ subject, count: 0, last_at: new Date(now) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const rows = await tx.selectFrom('failed_attempts').selectAll().where('subject', 'in', sorted).orderBy('subject').forUpdate().execute();
  return new Map(rows.map((row) => [row.subject, { count: row.count, lastAt: row.last_at.getTime() }]));
}

export async function storeAttempts(tx: Tx, counts: ReadonlyMap<string, number>, now: number): Promise<void> {
  for (const [subject, count] of counts)
    await tx
      .updateTable('failed_attempts')
      .set({ count, last_at: new Date(now) })
      .where('subject', '=', subject)
      .execute();
}

/** Takes back what was counted for a try that turned out well. */
export async function takeBackAttempts(
  tx: Tx,
  { cleared, lessened }: { readonly cleared: readonly string[]; readonly lessened: readonly string[] },
): Promise<void> {
  if (cleared.length > 0) await tx.deleteFrom('failed_attempts').where('subject', 'in', cleared).execute();
  if (lessened.length === 0) return;
  await tx
    .updateTable('failed_attempts')
    .set({ count: sql<number>`greatest(count - 1, 0)` })
    .where('subject', 'in', lessened)
    .execute();
}
