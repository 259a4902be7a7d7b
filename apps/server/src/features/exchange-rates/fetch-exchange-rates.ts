import { findCurrency } from '@holdfast/engine/money';
import { isWeekday } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { FailOver } from '../../providers/market-data/index.ts';
import { CROSSED_OVER } from './open-stored-rates.ts';
import type { StoredRates } from './open-stored-rates.ts';
import { findNeededCurrencies, saveRates } from './rate-store.ts';

export interface RateFetchNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly rates: StoredRates;
  readonly failOver: Pick<FailOver, 'exchangeRates'>;
}

const DAY_MS = 86_400_000;
const YEARS_BACK = 5;

/** Fetches the days that are missing of every currency that is needed here. Run twice it changes nothing the second time. */
export async function fetchExchangeRates({ db, clock, rates, failOver }: RateFetchNeeds): Promise<{ readonly fetched: readonly string[] }> {
  const today = Math.floor(clock.now() / DAY_MS);
  let newest = today;
  while (!isWeekday(newest)) newest -= 1;
  const known = rates.newestDays();
  const fetched: string[] = [];
  for (const currency of await findNeededCurrencies(db)) {
    if (currency === CROSSED_OVER || findCurrency(currency) === null) continue;
    const have = known.get(currency) ?? today - YEARS_BACK * 366;
    if (have >= newest) continue;
    // The last day is asked for again: it was not over when it was read.
    const found = await failOver.exchangeRates({ from: CROSSED_OVER, to: currency }, { from: have, to: today });
    if (found === null || found.length === 0) continue;
    await saveRates(db, { base: CROSSED_OVER, currency }, found);
    fetched.push(currency);
  }
  if (fetched.length > 0) await rates.changed();
  return { fetched };
}
