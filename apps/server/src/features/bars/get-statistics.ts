import type { getStatistics as contract } from '@holdfast/contract/bars';
import type { AnswerOf } from '@holdfast/contract';
import { columnsOf, priceStatistics, quoteChange } from '@holdfast/engine/bars';
import type { Bar } from '@holdfast/engine/bars';
import { formatDecimal, maximum, minimum, toNumber } from '@holdfast/engine/money';
import { isWeekday } from '@holdfast/engine/time';
import type { Caller } from '../../platform/http/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { WallClock } from '../ticks/index.ts';
import { askedRange } from './list-bars.ts';
import type { HistoryReader } from './list-bars.ts';
import type { RangeAsked } from './time-range.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

/** Figures of the daily closing prices of a period: the last 30 days unless it says otherwise. */
export async function getStatistics(
  reader: HistoryReader,
  caller: Caller | null,
  request: RangeAsked & { readonly symbol: string },
): Promise<AnswerOf<typeof contract>> {
  const { instrument, wall, range, limitedTo } = await askedRange(reader, caller, {
    ...request,
    interval: '1d',
    spanMs: DEFAULT_DAYS * DAY_MS,
  });
  const bars = await reader.history.bars(instrument, { interval: '1d', ...range, adjusted: true });
  const [first] = bars;
  const last = bars.at(-1);
  const change =
    first === undefined || last === undefined || first === last ? null : quoteChange({ last: last.close, previousClose: first.close });
  const figures = priceStatistics(columnsOf(bars).close);
  return {
    symbol: symbolOf(instrument),
    currency: instrument.currency,
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    count: bars.length,
    minimum: first === undefined ? null : formatDecimal(bars.reduce((least, { close }) => minimum(least, close), first.close)),
    maximum: first === undefined ? null : formatDecimal(bars.reduce((most, { close }) => maximum(most, close), first.close)),
    average: figures?.average ?? null,
    priceDeviation: figures?.standardDeviation ?? null,
    annualizedVolatility: priceStatistics(columnsOf(weekdaysOf(bars, wall)).close)?.annualizedReturnVolatility ?? null,
    change: change === null ? null : formatDecimal(change.change),
    changePercent: change === null || change.changePercent === null ? null : toNumber(change.changePercent),
    limitedTo: limitedTo === null ? null : { ...limitedTo, from: new Date(limitedTo.from).toISOString() },
  };
}

/** A year of risk has 252 weekdays: the weekends of markets that never close are left out, their moves fall to Monday. */
function weekdaysOf(bars: readonly Bar[], wall: WallClock): readonly Bar[] {
  return bars.filter(({ startAt }) => isWeekday(Math.floor(wall.toLocalMs(startAt) / DAY_MS)));
}
