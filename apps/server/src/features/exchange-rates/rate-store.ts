/** All SQL of exchange rates. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { DayRate } from '../../providers/market-data/index.ts';

export interface StoredRate {
  readonly currency: string;
  readonly day: Day;
  readonly rate: Decimal;
}

/** Every rate against a base, by currency and day. */
export async function loadRates(db: Db, base: string): Promise<readonly StoredRate[]> {
  const { rows } = await sql<{ currency: string; day: string; rate: string }>`
    select currency, to_char(day, 'YYYY-MM-DD') as day, rate from exchange_rates where base = ${base} order by currency, day`.execute(db);
  return rows.map(({ currency, day, rate }) => ({ currency, day: parseDay(day) ?? 0, rate: decimal(rate) }));
}

/** Keeps rates; a day that is there takes the newer word. */
export async function saveRates(
  db: Db,
  { base, currency }: { readonly base: string; readonly currency: string },
  rates: readonly DayRate[],
) {
  const rows = rates.map(({ day, rate, source }) => ({ day: formatDay(day), rate: formatDecimal(rate), source }));
  await sql`
    insert into exchange_rates (base, currency, day, rate, source)
    select ${base}::text, ${currency}::text, day, rate, source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (day date, rate numeric, source text)
    on conflict (base, currency, day) do update set rate = excluded.rate, source = excluded.source`.execute(db);
}

/** Currencies that something is held, priced or counted in. */
export async function findNeededCurrencies(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ currency: string }>`
    select distinct currency from (
      select currency from instruments where status = 'active'
      union all select base_currency from portfolios
      union all select currency from foreign_cash
      union all select base_currency from users where is_active) needed
    order by currency`.execute(db);
  return rows.map(({ currency }) => currency);
}
