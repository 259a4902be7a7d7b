import type { CorporateAction } from '@holdfast/engine/instruments';
import { formatDay, isTradingDay, hasCalendar, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { FailOver } from '../../providers/market-data/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import { feedSession } from './feed-session.ts';
import { isPriced } from './fetch-prices.ts';
import { loadFills, noteActionsTried, saveDailyBars } from './price-feed-store.ts';
import type { HistoryFill } from './price-feed-store.ts';

export interface BackfillNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly book: InstrumentBook;
  readonly failOver: FailOver;
  readonly demand: () => Promise<ReadonlyMap<number, number>>;
  /** An instrument whose past came from another provider has its series from there. */
  readonly setSource: (instrument: Instrument, source: string) => Promise<void>;
  readonly saveActions: (instrument: Instrument, actions: readonly CorporateAction[], source: string) => Promise<void>;
}

const DAY_MS = 86_400_000;
const YEARS_BACK = 5;
const MOST_A_RUN = 50;
/** What gave nothing is not asked for again within this time. */
const TRY_AGAIN_MS = 6 * 3_600_000;
const ACTIONS_EVERY_MS = 7 * DAY_MS;

/** Fills the days that are missing of what people want, the most wanted first. Run twice it changes nothing the second time. */
export async function backfillHistory(needs: BackfillNeeds, signal?: AbortSignal): Promise<{ readonly filled: number }> {
  const { db, clock, book, demand } = needs;
  const [fills, wanted] = [await loadFills(db), await demand()];
  const byDemand = [...wanted].sort(([keyA, a], [keyB, b]) => b - a || keyA - keyB);
  let filled = 0;
  let tried = 0;
  for (const [key] of byDemand) {
    if (tried >= MOST_A_RUN || signal?.aborted === true) break;
    const instrument = book.byKey(key);
    const fill = fills.get(key);
    if (instrument === null || !isPriced(instrument) || !needs.failOver.covers(instrument)) continue;
    const missing = missingDays(instrument, fill, clock.now());
    if (missing === null) continue;
    tried += 1;
    const outcome = await fillOne(needs, instrument, { fill, missing });
    if (outcome === 'filled') filled += 1;
  }
  return { filled };
}

interface Missing {
  readonly from: Day;
  /** The last day that is over. */
  readonly to: Day;
}

/** The days that an instrument's series lacks, or null when it is complete or was tried a moment ago. */
function missingDays(instrument: Instrument, fill: HistoryFill | undefined, now: number): Missing | null {
  if (fill !== undefined && now - fill.triedAt < TRY_AGAIN_MS) return null;
  const to = lastWholeDay(instrument, now);
  // A fill of another source belongs to another series.
  const filledTo = fill === undefined || fill.source !== instrument.source || fill.filledTo === null ? null : parseDay(fill.filledTo);
  if (filledTo === null) return { from: to - YEARS_BACK * 366, to };
  return filledTo >= to ? null : { from: filledTo + 1, to };
}

function lastWholeDay(instrument: Instrument, now: number): Day {
  const session = feedSession(instrument, now);
  const exchange = instrument.exchange ?? 'NYSE';
  const today = Math.floor(now / DAY_MS);
  if (!session.open && session.changedAt > 0) return Math.floor(session.changedAt / DAY_MS);
  let day = today - 1;
  while (hasCalendar(exchange) && !isTradingDay(exchange, day)) day -= 1;
  return day;
}

async function fillOne(
  { db, clock, failOver, setSource, saveActions }: BackfillNeeds,
  instrument: Instrument,
  { fill, missing }: { readonly fill: HistoryFill | undefined; readonly missing: Missing },
): Promise<'filled' | 'nothing'> {
  const { from, to } = missing;
  // A series that has begun goes on with its source; a new one takes who has it.
  const begun = fill !== undefined && fill.source === instrument.source && fill.filledTo !== null;
  const range = { interval: '1d' as const, fromMs: (from - 1) * DAY_MS, toMs: (to + 1) * DAY_MS };
  const history = await failOver.history(instrument, { ...range, source: begun ? instrument.source : null });
  const at = clock.now();
  if (history === null || history.bars.length === 0) {
    await saveDailyBars(db, { key: instrument.key, source: instrument.source, bars: [], filled: null, at });
    return 'nothing';
  }
  const filled = { from: formatDay(from), to: formatDay(to) };
  await transact(db, async (tx) => {
    await saveDailyBars(tx, { key: instrument.key, source: history.source, bars: history.bars, filled, at });
    if (history.source !== instrument.source) await setSource(instrument, history.source);
  });
  if (at - (fill?.actionsTriedAt ?? 0) > ACTIONS_EVERY_MS) {
    const actions = await failOver.actions(instrument, { from: to - YEARS_BACK * 366, to: to + 366 });
    if (actions !== null) await saveActions(instrument, actions, history.source);
    await noteActionsTried(db, instrument.key, clock.now());
  }
  return 'filled';
}
