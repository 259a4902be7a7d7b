import { sql } from 'kysely';
import type { Tx } from '../../platform/db/transact.ts';

/** Loads hold it while they write, so that no partition goes while a file is read into it. */
const ONE_LOAD_LOCK = 7_291_444;

export interface ForgottenTicks {
  readonly partitions: number;
  /** Ticks before this instant are gone; null where none are. */
  readonly until: Date | null;
}

/** Drops the partitions whose day ended by `before`, and what is known of their days. Bars stay: they are made of them already. */
export async function dropTicks(tx: Tx, before: Date): Promise<ForgottenTicks> {
  await sql`set local lock_timeout = '5s'`.execute(tx);
  await sql`select pg_advisory_xact_lock(${ONE_LOAD_LOCK})`.execute(tx);
  const { rows } = await sql<{ name: string; until: Date }>`
    select name, until from (
      select p.relname as name, substring(pg_get_expr(p.relpartbound, p.oid) from 'TO \\(''([^'']+)''\\)')::timestamptz as until
      from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = 'ticks'::regclass) parts
    where until <= ${before} order by until`.execute(tx);
  for (const { name } of rows) await sql`drop table ${sql.id(name)}`.execute(tx);
  const until = rows.at(-1)?.until ?? null;
  if (until !== null) await recountDays(tx, until);
  return { partitions: rows.length, until };
}

/** An exchange's day may lie on both sides of the cut: what is left of it is counted. */
async function recountDays(tx: Tx, until: Date): Promise<void> {
  await tx.deleteFrom('tick_days').where('last_at', '<', until).execute();
  await sql`
    update tick_days d set tick_count = l.count, first_at = l.first_at
    from tick_days s cross join lateral (
      select count(*) as count, min(at) as first_at from ticks t
      where t.instrument_key = s.instrument_key and t.at >= ${until} and t.at <= s.last_at) l
    where d.instrument_key = s.instrument_key and d.day = s.day and s.first_at < ${until} and l.count > 0`.execute(tx);
}
