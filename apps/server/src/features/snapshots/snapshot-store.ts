/** All SQL of snapshots. Days are days since 1970-01-01 in the portfolio's time zone. */
import { formatDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';

export interface OfPortfolio {
  readonly portfolioId: string;
  readonly epoch: number;
}

export interface SnapshotState {
  /** The last day that has a snapshot; null when none has. */
  readonly through: Day | null;
  /** The first day whose snapshot is no longer true; null when all are. */
  readonly staleFrom: Day | null;
  readonly changes: number;
}

/** Parallel arrays from day `from` on, one entry a day. */
export interface Snapshots {
  readonly from: Day;
  readonly values: Float64Array;
  readonly inflows: Float64Array;
  readonly outflows: Float64Array;
}

export async function findSnapshotState(db: Db, of: OfPortfolio): Promise<SnapshotState> {
  const { rows } = await sql<SnapshotState>`
    select through - date '1970-01-01' as through, stale_from - date '1970-01-01' as "staleFrom", changes
    from snapshot_states where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch}`.execute(db);
  return rows[0] ?? { through: null, staleFrom: null, changes: 0 };
}

/** Snapshots from a day on are no longer true, since something was recorded, corrected or taken back on it. In the transaction of the change. */
export async function markStale(tx: Tx, of: OfPortfolio & { readonly from: Day }): Promise<void> {
  await sql`
    insert into snapshot_states (portfolio_id, epoch, stale_from, changes) values (${of.portfolioId}, ${of.epoch}, ${formatDay(of.from)}, 1)
    on conflict (portfolio_id, epoch) do update set
      stale_from = least(coalesce(snapshot_states.stale_from, excluded.stale_from), excluded.stale_from),
      changes = snapshot_states.changes + 1`.execute(tx);
}

/** The same for every portfolio that ever held one of these instruments: their past prices have changed. */
export async function markPricesStale(db: Db | Tx, of: { readonly instrumentKeys: readonly number[]; readonly from: Day }): Promise<void> {
  await sql`
    update snapshot_states s set
      stale_from = least(coalesce(stale_from, ${formatDay(of.from)}::date), ${formatDay(of.from)}::date), changes = changes + 1
    where exists (select 1 from positions p where p.portfolio_id = s.portfolio_id and p.instrument_key = any(${[...of.instrumentKeys]}))`.execute(
    db,
  );
}

/** The days of a portfolio are others now, so none of its snapshots is true. */
export async function forgetSnapshots(tx: Tx, portfolioId: string): Promise<void> {
  await tx.deleteFrom('snapshots').where('portfolio_id', '=', portfolioId).execute();
  await sql`update snapshot_states set through = null, stale_from = null, changes = changes + 1 where portfolio_id = ${portfolioId}`.execute(
    tx,
  );
}

/** Puts these in place of what was there from day `replacing` on. Does nothing, and answers false, when a change came in between. */
export async function saveSnapshots(
  db: Db,
  of: OfPortfolio & { readonly changes: number; readonly replacing: Day },
  made: Snapshots,
): Promise<boolean> {
  const { portfolioId, epoch } = of;
  const through = made.from + made.values.length - 1;
  return transact(db, async (tx) => {
    await sql`insert into snapshot_states (portfolio_id, epoch) values (${portfolioId}, ${epoch}) on conflict do nothing`.execute(tx);
    const { rows } = await sql<{ changes: number }>`
      select changes from snapshot_states where portfolio_id = ${portfolioId} and epoch = ${epoch} for update`.execute(tx);
    if (rows[0]?.changes !== of.changes) return false;
    await sql`delete from snapshots where portfolio_id = ${portfolioId} and epoch = ${epoch} and day >= ${formatDay(of.replacing)}`.execute(
      tx,
    );
    await sql`
      insert into snapshots (portfolio_id, epoch, day, value, inflow, outflow)
      select ${portfolioId}, ${epoch}, ${formatDay(made.from)}::date + (n - 1)::int, v, i, o
      from unnest(${[...made.values]}::float8[], ${[...made.inflows]}::float8[], ${[...made.outflows]}::float8[]) with ordinality as u(v, i, o, n)`.execute(
      tx,
    );
    await sql`
      update snapshot_states set through = ${formatDay(through)}, stale_from = null
      where portfolio_id = ${portfolioId} and epoch = ${epoch}`.execute(tx);
    return true;
  });
}

/** Snapshots of [from, to], as far as there are any. One row comes back, however many days. */
export async function findSnapshots(db: Db, of: OfPortfolio & { readonly from: Day; readonly to: Day }): Promise<Snapshots> {
  const { rows } = await sql<{ from: Day | null; values: number[] | null; inflows: number[] | null; outflows: number[] | null }>`
    select min(day) - date '1970-01-01' as from, array_agg(value order by day) as values, array_agg(inflow order by day) as inflows,
      array_agg(outflow order by day) as outflows
    from snapshots where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch} and day between ${formatDay(of.from)} and ${formatDay(of.to)}`.execute(
    db,
  );
  const [row] = rows;
  return {
    from: row?.from ?? of.from,
    values: Float64Array.from(row?.values ?? []),
    inflows: Float64Array.from(row?.inflows ?? []),
    outflows: Float64Array.from(row?.outflows ?? []),
  };
}

/** Portfolios with transactions whose last full day has no true snapshot yet, oldest first. */
export async function findDuePortfolios(db: Db, asked: { readonly at: Date; readonly limit: number }): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from portfolios p left join snapshot_states s on s.portfolio_id = p.id and s.epoch = p.epoch
    where p.archived_at is null
      and (s.through is null or s.stale_from is not null or s.through < (${asked.at}::timestamptz at time zone p.time_zone)::date - 1)
      and exists (select 1 from transactions t where t.portfolio_id = p.id and t.epoch = p.epoch
        and (t.traded_at at time zone p.time_zone)::date < (${asked.at}::timestamptz at time zone p.time_zone)::date)
    order by p.id limit ${asked.limit}`.execute(db);
  return rows.map(({ id }) => id);
}
