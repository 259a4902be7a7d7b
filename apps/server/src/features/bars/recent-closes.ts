import { toNumber } from '@holdfast/engine/money';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { MarketDataProvider } from '../../providers/market-data/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { loadRecentCloses } from './recent-close-store.ts';

/** The closes of the last 30 days by instrument key, oldest first, the day under way left out: what small lines are drawn of. */
export type RecentCloses = (instruments: readonly Instrument[]) => Promise<ReadonlyMap<number, readonly number[]>>;

export interface RecentClosesNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly provider: Pick<MarketDataProvider, 'name' | 'computed'>;
  /** Up to which instant the past of a source is shown, where it is played again. */
  readonly playedUntil: (source: string) => number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAYS = 30;

/** What is computed is kept for the hour, what is stored is read by one statement, however many instruments are asked for. */
export function createRecentCloses({ db, clock, provider, playedUntil }: RecentClosesNeeds): RecentCloses {
  const kept = new Map<number, readonly number[]>();
  let keptHour = Number.NaN;
  const computed = (instrument: Instrument, range: { readonly fromMs: number; readonly toMs: number }): readonly number[] => {
    const known = kept.get(instrument.key);
    if (known !== undefined) return known;
    const bars = provider.computed?.bars(instrument.symbol, { interval: '1d', fromMs: range.fromMs, toMs: range.toMs }) ?? [];
    const closes = bars.map(({ close }) => short(toNumber(close)));
    kept.set(instrument.key, closes);
    return closes;
  };
  return async (instruments) => {
    const now = clock.now();
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== keptHour) kept.clear();
    keptHour = hour;
    // A day that began within the last 24 hours is still under way.
    const range = { fromMs: now - DAYS * DAY_MS, toMs: now - DAY_MS + 1 };
    const isComputed = ({ source }: Instrument): boolean => provider.computed !== null && source === provider.name;
    const found = new Map<number, readonly number[]>(
      instruments.filter(isComputed).map((instrument) => [instrument.key, computed(instrument, range)]),
    );
    const stored = instruments.filter((instrument) => !isComputed(instrument));
    for (const [key, closes] of await storedCloses(db, stored, { ...range, playedUntil })) found.set(key, closes);
    return found;
  };
}

async function storedCloses(
  db: Db,
  instruments: readonly Instrument[],
  { playedUntil, ...range }: { readonly fromMs: number; readonly toMs: number; readonly playedUntil: (source: string) => number },
): Promise<ReadonlyMap<number, number[]>> {
  const found = new Map<number, number[]>();
  if (instruments.length === 0) return found;
  const until = new Map(instruments.map(({ key, source }) => [key, playedUntil(source)]));
  for (const { key, startAt, close } of await loadRecentCloses(db, { instruments, ...range })) {
    // A bar that is not played to its end would tell what is still to come.
    if (startAt + DAY_MS > (until.get(key) ?? Number.POSITIVE_INFINITY)) continue;
    const closes = found.get(key) ?? [];
    closes.push(short(close));
    found.set(key, closes);
  }
  return found;
}

/** Points of a line: what arithmetic leaves behind is left out. */
function short(close: number): number {
  return Number(close.toPrecision(10));
}
