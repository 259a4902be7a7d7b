import { ONE, rateOn, rateTable } from '@holdfast/engine/money';
import type { Decimal, RateTable } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import type { Bus } from '../../platform/bus/index.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import { loadRates } from './rate-store.ts';

export interface StoredRates extends ExchangeRates {
  /** The last day of each currency, by code. */
  newestDays(): ReadonlyMap<string, Day>;
  /** Reads the rates again, here and on the other servers. */
  changed(): Promise<void>;
  close(): void;
}

/** Rates are kept against this one; every other pair is crossed over it. */
export const CROSSED_OVER = 'USD';
const CHANGED = 'rates.changed';
const DAY_MS = 86_400_000;

export interface StoredRatesNeeds {
  readonly db: Db;
  readonly bus: Bus;
  readonly onError: (error: unknown) => void;
}

/** Reads the kept rates; a day without one has the last earlier one, and a rate is never taken from the future. */
export async function openStoredRates({ db, bus, onError }: StoredRatesNeeds): Promise<StoredRates> {
  let table: RateTable = rateTable(CROSSED_OVER, new Map());
  let currencies: readonly string[] = [CROSSED_OVER];
  const read = async (): Promise<void> => {
    const series = new Map<string, { days: Day[]; unitsPerBase: Decimal[] }>();
    for (const { currency, day, rate } of await loadRates(db, CROSSED_OVER)) {
      const known = series.get(currency) ?? { days: [], unitsPerBase: [] };
      known.days.push(day);
      known.unitsPerBase.push(rate);
      series.set(currency, known);
    }
    table = rateTable(CROSSED_OVER, series);
    currencies = Object.freeze([CROSSED_OVER, ...series.keys()].sort());
  };
  const stops = [await bus.subscribe(CHANGED, () => void read().catch(onError)), bus.onLost(() => void read().catch(onError))];
  await read();
  const lastDay = (currency: string, day: Day): Day | null => lastUpTo(table.series.get(currency)?.days ?? [], day);
  const rateFor = (from: string, to: string, day: Day) => {
    const found = rateOn(table, { from, to }, day);
    if (found === null || !currencies.includes(from) || !currencies.includes(to)) return null;
    const relevant = from === to ? currencies : [from, to];
    const days = relevant.flatMap((currency) => lastDay(currency, day) ?? []);
    return days.length === 0 ? null : { day: Math.max(...days), rate: found.rate };
  };
  return {
    source: 'providers',
    get currencies() {
      return currencies;
    },
    rateOn: rateFor,
    rate: (from, to, at) => (from === to ? ONE : (rateFor(from, to, Math.floor(at / DAY_MS))?.rate ?? null)),
    newestDays: () => new Map([...table.series].map(([currency, { days }]) => [currency, days.at(-1) ?? 0])),
    changed: async () => {
      await read();
      await bus.publish(CHANGED, null);
    },
    close: () => stops.forEach((stop) => stop()),
  };
}

/** The last of ascending days that is not after `day`. */
function lastUpTo(days: readonly Day[], day: Day): Day | null {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? Number.POSITIVE_INFINITY) <= day) low = middle + 1;
    else high = middle;
  }
  return days[low - 1] ?? null;
}
