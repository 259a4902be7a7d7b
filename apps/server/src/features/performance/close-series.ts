/** Daily closes as typed arrays that every thread can read, kept in memory where they never change. */
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { PriceSeries } from '@holdfast/engine/performance';
import { toNumber } from '@holdfast/engine/money';
import { isWeekday } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { LRUCache } from 'lru-cache';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { PriceHistory } from '../bars/index.ts';
import type { Instrument } from '../instruments/index.ts';

export interface SeriesAsked {
  readonly from: Day;
  /** Days before this one: today has no close yet. */
  readonly before: Day;
}

export interface CloseSeries {
  /** Closes of the instrument in its own currency. */
  closes(instrument: Instrument, asked: SeriesAsked): Promise<PriceSeries>;
  /** Units of `base` per unit of `currency`, weekdays up to and with the day before `before`. */
  rates(currency: string, base: string, asked: SeriesAsked): PriceSeries;
}

interface Kept {
  readonly from: Day;
  readonly before: Day;
  readonly series: PriceSeries;
}

/** A price of the last days before the period stands on its first days. */
const LEAD_DAYS = 10;

export function createCloseSeries(needs: { readonly history: PriceHistory; readonly rates: ExchangeRates }): CloseSeries {
  const closes = new LRUCache<number, Kept>({ max: 5_000 });
  const rates = new LRUCache<string, Kept>({ max: 500 });
  return {
    async closes(instrument, asked) {
      const known = closes.get(instrument.key);
      if (known !== undefined && covers(known, asked)) return cut(known.series, asked);
      const from = Math.min(asked.from - LEAD_DAYS, known?.from ?? asked.from);
      const before = Math.max(asked.before, known?.before ?? asked.before);
      const series = await needs.history.closes(instrument, { from, before });
      // Years of computed prices take milliseconds of this thread: between two instruments others have their turn.
      if (needs.history.isComputed(instrument)) await othersTurn();
      const kept = { from, before, series: share(series) };
      // Where prices are stored rather than computed, an import or a correction may change the past.
      if (needs.history.isComputed(instrument)) closes.set(instrument.key, kept);
      return cut(kept.series, asked);
    },
    rates(currency, base, asked) {
      const key = `${currency} ${base}`;
      const known = rates.get(key);
      if (known !== undefined && covers(known, asked)) return cut(known.series, asked);
      const from = Math.min(asked.from - LEAD_DAYS, known?.from ?? asked.from);
      const before = Math.max(asked.before, known?.before ?? asked.before);
      const kept = { from, before, series: share(ratesBetween(needs.rates, { currency, base, from, before })) };
      rates.set(key, kept);
      return cut(kept.series, asked);
    },
  };
}

function ratesBetween(
  rates: ExchangeRates,
  { currency, base, from, before }: SeriesAsked & { readonly currency: string; readonly base: string },
): PriceSeries {
  const days: Day[] = [];
  const values: number[] = [];
  for (let day = from; day < before; day += 1) {
    if (!isWeekday(day)) continue;
    const found = rates.rateOn(currency, base, day);
    if (found?.day !== day) continue;
    days.push(day);
    values.push(toNumber(found.rate));
  }
  return { days: Int32Array.from(days), closes: Float64Array.from(values) };
}

function covers(kept: Kept, asked: SeriesAsked): boolean {
  return kept.from <= asked.from && kept.before >= asked.before;
}

/** The days before `before`, over the same memory. */
function cut({ days, closes }: PriceSeries, { before }: SeriesAsked): PriceSeries {
  let end = days.length;
  while (end > 0 && (days[end - 1] ?? 0) >= before) end -= 1;
  return { days: days.subarray(0, end), closes: closes.subarray(0, end) };
}

/** Shared memory goes to another thread without a copy. */
function share({ days, closes }: PriceSeries): PriceSeries {
  const sharedDays = new Int32Array(new SharedArrayBuffer(days.byteLength));
  sharedDays.set(days);
  const sharedCloses = new Float64Array(new SharedArrayBuffer(closes.byteLength));
  sharedCloses.set(closes);
  return { days: sharedDays, closes: sharedCloses };
}
