/** All SQL of bonds. */
import type { BondTerms, CouponFrequency, DayCount } from '@holdfast/engine/instruments';
import { decimal, formatDecimal } from '@holdfast/engine/money';
import { formatDay, parseDay } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

interface TermsRow {
  readonly instrument_key: number;
  readonly face_value: string;
  readonly coupon_rate: string;
  readonly frequency: number;
  readonly day_count: string;
  readonly issued_on: string | null;
  readonly matures_on: string;
}

/** Terms by instrument key; those without any are not among them. */
export async function findBondTerms(db: Db, instrumentKeys: readonly number[]): Promise<ReadonlyMap<number, BondTerms>> {
  if (instrumentKeys.length === 0) return new Map();
  const { rows } = await sql<TermsRow>`
    select instrument_key, face_value, coupon_rate, frequency, day_count, to_char(issued_on, 'YYYY-MM-DD') as issued_on,
      to_char(matures_on, 'YYYY-MM-DD') as matures_on
    from bond_terms where instrument_key = any(${[...instrumentKeys]})`.execute(db);
  return new Map(rows.map((row) => [row.instrument_key, termsOf(row)]));
}

function termsOf(row: TermsRow): BondTerms {
  return {
    faceValue: decimal(row.face_value),
    couponRate: decimal(row.coupon_rate),
    frequency: row.frequency as CouponFrequency,
    dayCount: row.day_count as DayCount,
    issuedOn: row.issued_on === null ? null : parseDay(row.issued_on),
    maturesOn: parseDay(row.matures_on) ?? 0,
  };
}

export async function saveBondTerms(tx: Tx, instrumentKey: number, terms: BondTerms): Promise<void> {
  const issuedOn = terms.issuedOn === null ? null : formatDay(terms.issuedOn);
  await sql`
    insert into bond_terms (instrument_key, face_value, coupon_rate, frequency, day_count, issued_on, matures_on)
    values (${instrumentKey}, ${formatDecimal(terms.faceValue)}::numeric, ${formatDecimal(terms.couponRate)}::numeric, ${terms.frequency},
      ${terms.dayCount}, ${issuedOn}::date, ${formatDay(terms.maturesOn)}::date)
    on conflict (instrument_key) do update set face_value = excluded.face_value, coupon_rate = excluded.coupon_rate,
      frequency = excluded.frequency, day_count = excluded.day_count, issued_on = excluded.issued_on,
      matures_on = excluded.matures_on`.execute(tx);
}

/** Whether there were any. */
export async function deleteBondTerms(tx: Tx, instrumentKey: number): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from bond_terms where instrument_key = ${instrumentKey}`.execute(tx);
  return numAffectedRows === 1n;
}

export interface BondFact {
  readonly instrumentKey: number;
  readonly type: string;
  readonly quantity: string | null;
  readonly newShares: string | null;
  readonly oldShares: string | null;
  /** Days since 1970-01-01 in the portfolio's time zone. */
  readonly day: number;
}

/** What happened to these instruments in a portfolio, oldest first. */
export async function findBondFacts(
  db: Db,
  of: { readonly portfolioId: string; readonly epoch: number; readonly timeZone: string; readonly instrumentKeys: readonly number[] },
): Promise<readonly BondFact[]> {
  const { rows } = await sql<BondFact>`
    select instrument_key as "instrumentKey", type, quantity, new_shares as "newShares", old_shares as "oldShares",
      (traded_at at time zone ${of.timeZone}::text)::date - date '1970-01-01' as day
    from transactions
    where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch} and superseded_at is null and not reversed
      and instrument_key = any(${[...of.instrumentKeys]})
    order by traded_at, id`.execute(db);
  return rows;
}

/** The bonds that ever had a transaction in a portfolio and have terms. */
export async function findBondKeys(db: Db, of: { readonly portfolioId: string; readonly epoch: number }): Promise<readonly number[]> {
  const { rows } = await sql<{ key: number }>`
    select b.instrument_key as key from bond_terms b where exists (
      select from transactions t where t.portfolio_id = ${of.portfolioId} and t.epoch = ${of.epoch} and t.instrument_key = b.instrument_key
        and t.superseded_at is null and not t.reversed)`.execute(db);
  return rows.map(({ key }) => key);
}
