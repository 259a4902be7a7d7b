/** All SQL of snapshots. Days are days since 1970-01-01 in the portfolio's time zone. */
import { endOfMonth, formatDay, startOfMonth } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
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

/** The same to be stored: `count` days from `from` on, each column as PostgreSQL writes an array of numbers. */
export interface MadeSnapshots {
  readonly from: Day;
  readonly count: number;
  readonly columns: { readonly values: string; readonly inflows: string; readonly outflows: string };
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
  await tx.deleteFrom('snapshot_months').where('portfolio_id', '=', portfolioId).execute();
  await sql`update snapshot_states set through = null, stale_from = null, changes = changes + 1 where portfolio_id = ${portfolioId}`.execute(
    tx,
  );
}

/**
 * Puts these in place of what was there from the month of day `replacing` on; they begin on the first day of that month, or of the portfolio.
 * Does nothing, and answers false, when a change came in between. One statement, so that a reader waits for one way to the database only.
 */
export async function saveSnapshots(
  db: Db,
  of: OfPortfolio & { readonly changes: number; readonly replacing: Day },
  made: MadeSnapshots,
): Promise<boolean> {
  const { portfolioId, epoch, changes } = of;
  const { columns } = made;
  const months = monthsOf(made);
  const { rows } = await sql<{ saved: boolean }>`
    with head as (
      insert into snapshot_states (portfolio_id, epoch, through)
      values (${portfolioId}, ${epoch}, ${formatDay(made.from + made.count - 1)})
      on conflict (portfolio_id, epoch) do update set through = excluded.through, stale_from = null where snapshot_states.changes = ${changes}
      returning 1
    ), gone as (
      delete from snapshot_months where portfolio_id = ${portfolioId} and epoch = ${epoch} and month >= ${formatDay(startOfMonth(of.replacing))}
        and month <> all(${months.map(({ month }) => month)}::date[]) and exists (select from head)
    ), written as (
      insert into snapshot_months (portfolio_id, epoch, month, first_day, closing_values, inflows, outflows)
      select ${portfolioId}, ${epoch}, month, first_day, (${columns.values}::float8[])[first:last], (${columns.inflows}::float8[])[first:last],
        (${columns.outflows}::float8[])[first:last]
      from unnest(${months.map(({ month }) => month)}::date[], ${months.map(({ firstDay }) => firstDay)}::int[],
        ${months.map(({ first }) => first)}::int[], ${months.map(({ last }) => last)}::int[]) as m(month, first_day, first, last)
      where exists (select from head)
      on conflict (portfolio_id, epoch, month) do update set first_day = excluded.first_day, closing_values = excluded.closing_values,
        inflows = excluded.inflows, outflows = excluded.outflows
    )
    select exists (select from head) as saved`.execute(db);
  return rows[0]?.saved ?? false;
}

/** Where each month lies in the columns, counted from 1 as PostgreSQL does. */
function monthsOf({ from, count }: MadeSnapshots) {
  const months: { readonly month: string; readonly firstDay: number; readonly first: number; readonly last: number }[] = [];
  for (let day = from; day < from + count; day = endOfMonth(day) + 1) {
    const last = Math.min(endOfMonth(day), from + count - 1);
    const month = startOfMonth(day);
    months.push({ month: formatDay(month), firstDay: day - month + 1, first: day - from + 1, last: last - from + 1 });
  }
  return months;
}

/** Snapshots of [from, to], as far as there are any; a day in between that is not there is NaN. */
export async function findSnapshots(db: Db, of: OfPortfolio & { readonly from: Day; readonly to: Day }): Promise<Snapshots> {
  // As text, since reading arrays of numbers costs the driver ten times as much.
  const { rows } = await sql<{ day: Day; values: string; inflows: string; outflows: string }>`
    select month - date '1970-01-01' + first_day - 1 as day, array_to_string(closing_values, ',') as values,
      array_to_string(inflows, ',') as inflows, array_to_string(outflows, ',') as outflows
    from snapshot_months where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch}
      and month between ${formatDay(startOfMonth(of.from))} and ${formatDay(of.to)} order by month`.execute(db);
  const months = rows.map(({ day, ...columns }) => ({
    day,
    values: columns.values.split(',').map(Number),
    inflows: columns.inflows.split(',').map(Number),
    outflows: columns.outflows.split(',').map(Number),
  }));
  const [firstMonth, lastMonth] = [months[0], months.at(-1)];
  if (firstMonth === undefined || lastMonth === undefined) return { from: of.from, ...emptyColumns(0) };
  const from = Math.max(of.from, firstMonth.day);
  const count = Math.max(0, Math.min(of.to, lastMonth.day + lastMonth.values.length - 1) - from + 1);
  const found = { from, ...emptyColumns(count) };
  for (const { day, ...columns } of months) {
    const skipped = Math.max(0, from - day);
    const kept = Math.max(0, Math.min(columns.values.length, from + count - day));
    for (const name of ['values', 'inflows', 'outflows'] as const)
      if (skipped < kept) found[name].set(columns[name].slice(skipped, kept), day + skipped - from);
  }
  return found;
}

function emptyColumns(count: number): Omit<Snapshots, 'from'> {
  const column = () => new Float64Array(count).fill(Number.NaN);
  return { values: column(), inflows: column(), outflows: column() };
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
