/** All SQL of work that users wait for and were not told of yet: imports, reports, and dividends on their way. */
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

export interface FinishedImport {
  readonly id: string;
  readonly userId: string;
  readonly kind: 'ticks' | 'statement';
  readonly fileName: string;
  readonly isDone: boolean;
  readonly rowsStored: number;
  readonly rowsRejected: number;
  readonly detail: string | null;
  readonly portfolioId: string | null;
}

interface Since {
  readonly since: Date;
  readonly limit: number;
}

export async function listFinishedImports(db: Db, { since, limit }: Since): Promise<readonly FinishedImport[]> {
  const { rows } = await sql<FinishedImport>`
    select i.id, i.user_id as "userId", i.kind, i.file_name as "fileName", i.status = 'done' as "isDone", i.rows_stored as "rowsStored",
      i.rows_rejected as "rowsRejected", i.detail, s.portfolio_id as "portfolioId"
    from imports i left join statements s on s.import_id = i.id
    where i.status in ('done', 'failed') and i.finished_at >= ${since} and i.user_id is not null
      and not exists (select from notifications n where n.user_id = i.user_id and n.dedupe_key = 'import:' || i.id)
    order by i.finished_at limit ${limit}`.execute(db);
  return rows;
}

export interface FinishedReport {
  readonly id: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly portfolioName: string;
  readonly fileName: string | null;
  readonly isDone: boolean;
  readonly detail: string | null;
}

export async function listFinishedReports(db: Db, { since, limit }: Since): Promise<readonly FinishedReport[]> {
  const { rows } = await sql<FinishedReport>`
    select r.id, r.user_id as "userId", r.portfolio_id as "portfolioId", p.name as "portfolioName", r.file_name as "fileName",
      r.status = 'done' as "isDone", r.detail
    from reports r join portfolios p on p.id = r.portfolio_id
    where r.status in ('done', 'failed') and r.finished_at >= ${since}
      and not exists (select from notifications n where n.user_id = r.user_id and n.dedupe_key = 'report:' || r.id)
    order by r.finished_at limit ${limit}`.execute(db);
  return rows;
}

export interface ComingDividend {
  readonly actionId: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly portfolioName: string;
  readonly symbol: string;
  readonly exOn: string;
  readonly payOn: string | null;
  readonly perShare: string;
  readonly quantity: string;
  /** What the holding is paid, before taxes. */
  readonly amount: string;
  readonly currency: string;
}

/** Dividends whose ex day is one of these, for everybody who holds the share. */
export async function listComingDividends(
  db: Db,
  { from, to, limit }: { readonly from: string; readonly to: string; readonly limit: number },
): Promise<readonly ComingDividend[]> {
  const { rows } = await sql<ComingDividend>`
    select a.id as "actionId", p.user_id as "userId", p.id as "portfolioId", p.name as "portfolioName", i.symbol, a.ex_on as "exOn",
      a.pay_on as "payOn", trim_scale(a.amount_per_share)::text as "perShare", trim_scale(h.quantity)::text as quantity,
      round(h.quantity * a.amount_per_share, 2)::text as amount, coalesce(a.currency, i.currency) as currency
    from corporate_actions a
    join instruments i on i.key = a.instrument_key
    join positions h on h.instrument_key = a.instrument_key and h.quantity > 0
    join portfolios p on p.id = h.portfolio_id and p.epoch = h.epoch and p.archived_at is null
    where a.kind = 'cashDividend' and a.ex_on between ${from}::date and ${to}::date and (i.owner_id is null or i.owner_id = p.user_id)
      and not exists (select from notifications n where n.user_id = p.user_id and n.dedupe_key = 'dividend:' || a.id || ':' || p.id)
    order by a.id, p.id limit ${limit}`.execute(db);
  return rows;
}
