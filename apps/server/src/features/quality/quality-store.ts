/** Reads a portfolio's records as the checks want them. */
import { decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

/** Checks look at this many records at the most, the newest. */
const MOST_RECORDS = 100_000;

export async function findRecords(db: Db, of: { readonly portfolioId: string; readonly epoch: number }) {
  const rows = await db
    .selectFrom('transactions')
    .select(['id', 'type', 'instrument_key', 'quantity', 'price', 'currency', 'cash_effect', 'traded_at', 'new_shares', 'old_shares'])
    .where('portfolio_id', '=', of.portfolioId)
    .where('epoch', '=', of.epoch)
    .where('superseded_at', 'is', null)
    .where('reversed', '=', false)
    .orderBy('traded_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_RECORDS)
    .execute();
  return rows.reverse();
}

export type RecordRow = Awaited<ReturnType<typeof findRecords>>[number];

/** Balances at the end of each day that moved cash, by currency, in the portfolio's time zone. */
export async function findCashDays(db: Db, of: { readonly portfolioId: string; readonly epoch: number; readonly timeZone: string }) {
  const { rows } = await sql<{ currency: string; day: string; balance: string }>`
    select currency, day, sum(moved) over (partition by currency order by day) as balance from (
      select t.currency, (f.traded_at at time zone ${of.timeZone}::text)::date as day,
        sum(case when t.debit_account = 'cash' then t.amount else -t.amount end) as moved
      from transfers t join transactions f on f.portfolio_id = t.portfolio_id and f.id = t.transaction_id and f.superseded_at is null
      where t.portfolio_id = ${of.portfolioId} and t.epoch = ${of.epoch} and 'cash' in (t.debit_account, t.credit_account)
      group by 1, 2) days order by currency, day`.execute(db);
  return rows.map((row) => ({ currency: row.currency, day: row.day, balance: decimal(row.balance) }));
}

/** Splits of these instruments that have happened by the day, as far as they are known. */
export async function findSplits(db: Db, instrumentKeys: readonly number[], today: string) {
  if (instrumentKeys.length === 0) return [];
  const { rows } = await sql<{ instrument_key: number; ex_on: string; new_shares: string; old_shares: string }>`
    select instrument_key, to_char(ex_on, 'YYYY-MM-DD') as ex_on, new_shares, old_shares from corporate_actions
    where instrument_key = any(${[...instrumentKeys]}) and kind = 'split' and ex_on <= ${today}::date
    order by ex_on, instrument_key`.execute(db);
  return rows;
}

export interface FixOf {
  readonly portfolioId: string;
  readonly issueId: string;
}

export interface FixRow {
  readonly kind: string;
  readonly transactionId: string;
  readonly fixedAt: Date;
}

/** What was done about an issue, or null. */
export async function findFix(db: Db, { portfolioId, issueId }: FixOf): Promise<FixRow | null> {
  const { rows } = await sql<FixRow>`
    select kind, transaction_id as "transactionId", fixed_at as "fixedAt" from quality_fixes
    where portfolio_id = ${portfolioId} and issue_id = ${issueId}`.execute(db);
  return rows[0] ?? null;
}

/** An issue that came back, because its fix was taken back, may be fixed again: the last time counts. */
export async function saveFix(db: Db, { portfolioId, issueId }: FixOf, fix: FixRow): Promise<void> {
  await sql`
    insert into quality_fixes (portfolio_id, issue_id, kind, transaction_id, fixed_at)
    values (${portfolioId}, ${issueId}, ${fix.kind}, ${fix.transactionId}, ${fix.fixedAt})
    on conflict (portfolio_id, issue_id) do update set
      kind = excluded.kind, transaction_id = excluded.transaction_id, fixed_at = excluded.fixed_at`.execute(db);
}
