/** Deletes what has served its time. */
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

export interface Forgotten {
  readonly idempotencyKeys: number;
  readonly streamFacts: number;
  readonly sessions: number;
  readonly reports: number;
  readonly statements: number;
}

/** Keys, facts and statements that nobody confirmed go when they were made before `before`; sessions that ended or ran out before `sessionsBefore`; reports and exports made before `reportsBefore`. */
export async function forgetPast(
  db: Db,
  limits: { readonly before: Date; readonly sessionsBefore: Date; readonly reportsBefore: Date },
): Promise<Forgotten> {
  const keys = await db.deleteFrom('idempotency_keys').where('created_at', '<', limits.before).executeTakeFirst();
  // The newest fact of a channel stays: the next one counts on from it.
  const facts = await db
    .deleteFrom('stream_facts as f')
    .where('f.at', '<', limits.before)
    .where(({ eb, selectFrom }) =>
      eb(
        'f.sequence',
        '<',
        selectFrom('stream_facts as newest')
          .select(({ fn }) => fn.max('newest.sequence').as('last'))
          .whereRef('newest.channel', '=', 'f.channel'),
      ),
    )
    .executeTakeFirst();
  const sessions = await db
    .deleteFrom('sessions')
    .where(sql<boolean>`least(expires_at, coalesce(revoked_at, expires_at)) < ${limits.sessionsBefore}`)
    .executeTakeFirst();
  // Their files go with them.
  const reports = await db.deleteFrom('reports').where('created_at', '<', limits.reportsBefore).executeTakeFirst();
  await db.deleteFrom('exports').where('created_at', '<', limits.reportsBefore).execute();
  const statements = await db
    .deleteFrom('imports')
    .where('kind', '=', 'statement')
    .where('status', '=', 'previewed')
    .where('created_at', '<', limits.before)
    .executeTakeFirst();
  return {
    idempotencyKeys: Number(keys.numDeletedRows),
    streamFacts: Number(facts.numDeletedRows),
    sessions: Number(sessions.numDeletedRows),
    reports: Number(reports.numDeletedRows),
    statements: Number(statements.numDeletedRows),
  };
}
