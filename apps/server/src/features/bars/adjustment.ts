import { adjustmentFactor, factorOn } from '@holdfast/engine/instruments';
import type { AdjustmentFactor } from '@holdfast/engine/instruments';
import type { Bar } from '@holdfast/engine/bars';
import { multiply, ONE, roundTo } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import type { Db } from '../../platform/db/pool.ts';
import { loadActions } from '../corporate-actions/index.ts';
import type { Instrument } from '../instruments/index.ts';
import type { WallClock } from '../ticks/index.ts';
import { loadBars } from './bar-store.ts';

/** Makes bars from before a split or dividend comparable with those after it. */
export type Adjust = (bar: Bar) => Bar;

const DAY_MS = 86_400_000;
/** No exchange is closed for longer before an ex-date. */
const LOOK_BACK_DAYS = 14;
/** What a division leaves behind that is no price. */
const PLACES = 6;

/** How the bars of an instrument are adjusted as of a day, or null where there is nothing to adjust. */
export async function adjustmentOf(
  db: Db,
  instrument: Instrument,
  { clock, today }: { readonly clock: WallClock; readonly today: Day },
): Promise<Adjust | null> {
  // What is announced for a later day has not happened to the price yet.
  const actions = (await loadActions(db, instrument.key)).filter(({ exOn }) => exOn <= today);
  const factors: AdjustmentFactor[] = [];
  for (const action of actions) {
    const before = action.kind === 'split' ? ONE : await closeBefore(db, instrument, { clock, exOn: action.exOn });
    // Of a dividend before the first price there is nothing to adjust, and one above the price is a mistake.
    if (before === null || (action.kind === 'cashDividend' && action.amountPerShare >= before)) continue;
    factors.push(adjustmentFactor(action, before));
  }
  if (factors.length === 0) return null;
  return (bar) => {
    const { priceFactor, volumeFactor } = factorOn(factors, Math.floor(clock.toLocalMs(bar.startAt) / DAY_MS));
    if (priceFactor === ONE && volumeFactor === ONE) return bar;
    const price = (figure: Bar['open']): Bar['open'] => roundTo(multiply(figure, priceFactor), PLACES);
    const { startAt, open, high, low, close, volume } = bar;
    return {
      startAt,
      open: price(open),
      high: price(high),
      low: price(low),
      close: price(close),
      volume: roundTo(multiply(volume, volumeFactor), PLACES),
    };
  };
}

async function closeBefore(db: Db, { key, source }: Instrument, { clock, exOn }: { readonly clock: WallClock; readonly exOn: Day }) {
  const days = await loadBars(db, '1d', {
    instrumentKey: key,
    source,
    fromMs: clock.toInstantMs((exOn - LOOK_BACK_DAYS) * DAY_MS),
    toMs: clock.toInstantMs(exOn * DAY_MS),
    limit: LOOK_BACK_DAYS + 1,
  });
  return days.at(-1)?.close ?? null;
}
