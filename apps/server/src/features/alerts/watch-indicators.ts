/** Moving averages and relative strength, looked at when a bar is complete. */
import { seriesName } from '@holdfast/engine/alerts';
import type { Condition, IndicatorInterval } from '@holdfast/engine/alerts';
import { calculateIndicator, columnsOf } from '@holdfast/engine/bars';
import type { Bar } from '@holdfast/engine/bars';
import { decimal } from '@holdfast/engine/money';
import type { Clock } from '../../platform/clock.ts';
import type { PriceHistory } from '../bars/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { AlertWatch } from './alert-watch.ts';

type IndicatorCondition = Extract<Condition, { kind: 'averageCross' | 'rsiCross' }>;

export interface IndicatorNeeds {
  readonly clock: Clock;
  readonly instruments: Pick<InstrumentBook, 'byKey'>;
  readonly history: Pick<PriceHistory, 'bars' | 'clockOf'>;
  readonly watch: AlertWatch;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LENGTH_MS: Readonly<Record<IndicatorInterval, number>> = {
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
  '1d': DAY_MS,
};
/** Indicators are estimates: more decimals would say nothing. */
const DECIMALS = 10;
/** Exponential averages have all but forgotten how they began after so many periods. */
const WARM_UP_PERIODS = 4;
/** Bars of the past that are looked at when nobody did at their time. */
const MOST_MISSED = 100;

/** Looks at every bar that is complete and was not looked at yet, for each indicator that somebody waits for. */
export async function lookAtIndicators(needs: IndicatorNeeds): Promise<void> {
  const { watch, instruments } = needs;
  const seenAt = new Map(watch.index.marks().map(({ series, at }) => [series, at]));
  const wanted = new Map<string, { readonly key: number; readonly condition: IndicatorCondition; readonly askedAt: number }>();
  for (const { condition, instrumentKey, askedAt } of watch.of('indicator')) {
    if (instrumentKey === null || (condition.kind !== 'averageCross' && condition.kind !== 'rsiCross')) continue;
    const name = indicatorSeries(condition);
    const first = Math.min(askedAt, wanted.get(name)?.askedAt ?? askedAt);
    wanted.set(name, { key: instrumentKey, condition, askedAt: first });
  }
  for (const [series, { key, condition, askedAt }] of wanted) {
    const instrument = instruments.byKey(key);
    if (instrument !== null) await lookAtOne(needs, instrument, { series, condition, seenAt: seenAt.get(series) ?? null, askedAt });
  }
}

interface Wanted {
  readonly series: string;
  readonly condition: IndicatorCondition;
  readonly seenAt: number | null;
  readonly askedAt: number;
}

async function lookAtOne(needs: IndicatorNeeds, instrument: Instrument, { series, condition, seenAt, askedAt }: Wanted): Promise<void> {
  const { watch, clock } = needs;
  const { interval, period } = condition;
  const lengthMs = LENGTH_MS[interval];
  const now = clock.now();
  if (seenAt !== null && now < seenAt + lengthMs) return;
  // Markets close at night and on weekends: a stretch that surely holds enough bars.
  const spacingMs = interval === '1d' ? 2 * DAY_MS : 5 * lengthMs;
  const fromMs = now - (WARM_UP_PERIODS * period + MOST_MISSED) * spacingMs;
  const bars = await needs.history.bars(instrument, { interval, fromMs, toMs: now, adjusted: true });
  const complete = await completeBars(needs, instrument, { bars, interval, now });
  const values = valuesOf(condition, complete);
  complete.forEach((bar, index) => {
    const at = bar.startAt + lengthMs;
    const value = values[index];
    // The bar before the alert was asked is seen too: a crossing needs to know from which side it comes.
    const isLastBeforeAsked = at <= askedAt && (complete[index + 1]?.startAt ?? Number.POSITIVE_INFINITY) + lengthMs > askedAt;
    const isWanted = seenAt === null ? at > askedAt || isLastBeforeAsked : at > seenAt;
    if (!isWanted || value === undefined || !Number.isFinite(value)) return;
    const events = watch.index.observe(series, { at, value: decimal(value.toFixed(DECIMALS)) });
    watch.take(events, { sample: `${interval}:${bar.startAt}`, price: bar.close });
  });
}

/** Without the bar that is still growing. A day's ends by the instrument's own clock. */
async function completeBars(
  { history }: IndicatorNeeds,
  instrument: Instrument,
  { bars, interval, now }: { readonly bars: readonly Bar[]; readonly interval: IndicatorInterval; readonly now: number },
): Promise<readonly Bar[]> {
  if (interval !== '1d') return bars.filter(({ startAt }) => startAt + LENGTH_MS[interval] <= now);
  const wall = await history.clockOf(instrument);
  const dayOf = (at: number): number => Math.floor(wall.toLocalMs(at) / DAY_MS);
  return bars.filter(({ startAt }) => dayOf(startAt) < dayOf(now));
}

function valuesOf(condition: IndicatorCondition, bars: readonly Bar[]): Float64Array {
  const columns = columnsOf(bars);
  const kind = condition.kind === 'rsiCross' ? 'rsi' : condition.average;
  const values = calculateIndicator({ kind, period: condition.period }, columns, [])[0]?.values ?? new Float64Array();
  return condition.kind === 'rsiCross' ? values : columns.close.map((close, index) => close - (values[index] ?? Number.NaN));
}

function indicatorSeries(condition: IndicatorCondition): string {
  return condition.kind === 'rsiCross' ? seriesName.rsi(condition.symbol, condition) : seriesName.averageGap(condition.symbol, condition);
}
