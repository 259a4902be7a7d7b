/** Sums of the ledger that a portfolio's summary is made of. */
import { decimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

const ACCOUNTS = ['external', 'realizedGain', 'income', 'fees', 'taxes', 'securities'] as const;

export interface LedgerSum {
  readonly account: (typeof ACCOUNTS)[number];
  readonly currency: string;
  /** The day the facts happened, epoch milliseconds. */
  readonly at: number;
  /** Base currency units per unit of `currency` where the facts say their own; null where the day's rate counts. */
  readonly ownRate: Decimal | null;
  /** Debits less credits. */
  readonly amount: Decimal;
  /** Of the owner's account: what transactions brought, those that took left out. */
  readonly putIn: Decimal;
}

/** What lots in other currencies that were transferred out had cost, in the base currency. */
export async function sumTransferredOut(
  db: Db,
  of: { readonly portfolioId: string; readonly epoch: number; readonly baseCurrency: string },
): Promise<Decimal> {
  const { rows } = await sql<{ total: string }>`
    select coalesce(sum(p.base_transferred_out), 0) as total from positions p join instruments i on i.key = p.instrument_key
    where p.portfolio_id = ${of.portfolioId} and p.epoch = ${of.epoch} and i.currency <> ${of.baseCurrency}`.execute(db);
  return decimal(rows[0]?.total ?? '0');
}

export interface LedgerOf {
  readonly portfolioId: string;
  readonly epoch: number;
  readonly baseCurrency: string;
}

/** Securities accounts are summed as one. What is in the base currency needs no day and no rate, and is most of a long history. */
export async function sumLedger(db: Db, of: LedgerOf): Promise<readonly LedgerSum[]> {
  const rows = [...(await sumBase(db, of)), ...(await sumForeign(db, of))];
  return rows.map((row) => ({
    account: row.account,
    currency: row.currency,
    at: Date.parse(row.day),
    ownRate: row.own_rate === null ? null : decimal(row.own_rate),
    amount: decimal(row.amount),
    putIn: decimal(row.put_in),
  }));
}

/** Transfers are summed by their two accounts first, of which there are few; what came in is netted transaction by transaction. */
async function sumBase(db: Db, { portfolioId, epoch, baseCurrency }: LedgerOf): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with pairs as (
      select debit_account, credit_account, sum(amount) as amount from transfers
      where portfolio_id = ${portfolioId} and epoch = ${epoch} and currency = ${baseCurrency} group by 1, 2
    ), sums as (
      select split_part(account, ':', 1) as account, sum(amount) as amount
      from (select debit_account as account, amount from pairs union all select credit_account, -amount from pairs) entries group by 1
    ), flows as (
      select sum(case when credit_account = 'external' then amount else -amount end) as came from transfers
      where portfolio_id = ${portfolioId} and epoch = ${epoch} and currency = ${baseCurrency} and 'external' in (debit_account, credit_account)
      group by transaction_id
    )
    select account, ${baseCurrency}::text as currency, '1970-01-01' as day, null as own_rate, amount,
      case when account = 'external' then (select coalesce(sum(greatest(came, 0)), 0) from flows) else 0 end as put_in
    from sums where account = any(${[...ACCOUNTS]})`.execute(db);
  return rows;
}

/** By day and by the rate that facts say themselves. What left is left out: its lots know what they cost, the ledger does not. */
async function sumForeign(db: Db, of: LedgerOf): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with facts as (
      select id, type, traded_at, coalesce(base_rate, case when type = 'transferIn' and amount > 0 then base_cost / amount end)::numeric(38, 18) as own_rate
      from transactions where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch} and superseded_at is null
    ), foreign_transfers as (
      select * from transfers where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch} and currency <> ${of.baseCurrency}
    ), entries as (
      select transaction_id, currency, debit_account as account, amount from foreign_transfers
      union all
      select transaction_id, currency, credit_account, -amount from foreign_transfers
    ), by_fact as (
      select split_part(account, ':', 1) as account, currency, transaction_id, sum(amount) as amount from entries
      where split_part(account, ':', 1) = any(${[...ACCOUNTS]}) group by 1, 2, 3
    )
    select e.account, e.currency, (f.traded_at at time zone 'UTC')::date::text as day, f.own_rate, sum(e.amount) as amount,
      -sum(least(e.amount, 0)) as put_in
    from by_fact e join facts f on f.id = e.transaction_id
    where f.type <> 'transferOut'
    group by 1, 2, 3, 4 having sum(abs(e.amount)) <> 0`.execute(db);
  return rows;
}

interface Row {
  readonly account: LedgerSum['account'];
  readonly currency: string;
  readonly day: string;
  readonly own_rate: string | null;
  readonly amount: string;
  readonly put_in: string;
}
