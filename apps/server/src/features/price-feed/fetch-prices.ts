import { formatSymbol } from '@holdfast/engine/instruments';
import type { Clock } from '../../platform/clock.ts';
import type { FailOver, ProvidedQuote } from '../../providers/market-data/index.ts';
import { isFetched } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import { feedPace, feedSession } from './feed-session.ts';
import { planFetch } from './plan-fetch.ts';

export interface FetchNeeds {
  readonly clock: Clock;
  readonly book: InstrumentBook;
  readonly failOver: FailOver;
  /** How much each instrument is wanted, by key; what is not in it is not fetched. */
  readonly demand: () => Promise<ReadonlyMap<number, number>>;
  /** When each instrument was last answered about, by key; kept from run to run. */
  readonly askedAt: Map<number, number>;
  readonly take: (quotes: readonly ProvidedQuote[]) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly intervalMs: number;
}

export interface FetchReport {
  readonly due: number;
  readonly fetched: number;
  /** Those that were due and must wait for the next run. */
  readonly left: number;
}

/** Fetches the prices that are due, the most pressing first, as far as the quotas of the providers go within one interval. */
export async function fetchPrices(needs: FetchNeeds): Promise<FetchReport> {
  const { clock, failOver, askedAt, intervalMs, take, wait } = needs;
  const startedAt = clock.now();
  const due = await dueInstruments(needs, startedAt);
  if (due.size === 0) return { due: 0, fetched: 0, left: 0 };
  const pace = feedPace([...due.values()], startedAt);
  const missing = new Map(due);
  let fetched = 0;
  while (missing.size > 0) {
    const { asked, quotes, skips } = await failOver.quotes([...missing.values()], { purpose: 'scheduled', pace });
    take(quotes);
    fetched += quotes.length;
    for (const listing of asked) {
      const name = formatSymbol(listing);
      const instrument = missing.get(name);
      if (instrument !== undefined) askedAt.set(instrument.key, clock.now());
      missing.delete(name);
    }
    // A quota of a minute is free again soon enough; one of a day is not.
    const freeAt = Math.min(...skips.flatMap(({ reason, until }) => (reason === 'quota' && until !== null ? [until] : [])));
    if (missing.size === 0 || freeAt >= startedAt + intervalMs) break;
    await wait(Math.max(1, freeAt - clock.now()));
  }
  return { due: due.size, fetched, left: missing.size };
}

/** By their vendor's name, in the order in which they are to be asked for. */
async function dueInstruments({ book, failOver, demand, askedAt, intervalMs }: FetchNeeds, now: number): Promise<Map<string, Instrument>> {
  const wanted = await demand();
  // Of one exchange all have the same session: it is worked out once a run.
  const sessions = new Map<string, ReturnType<typeof feedSession>>();
  const sessionOf = (instrument: Instrument) => {
    const name = `${instrument.exchange ?? ''} ${instrument.currency}`;
    const session = sessions.get(name) ?? feedSession(instrument, now);
    sessions.set(name, session);
    return session;
  };
  const candidates = [...wanted].flatMap(([key, strength]) => {
    const instrument = book.byKey(key);
    if (instrument === null || !isPriced(instrument) || !failOver.covers(instrument)) return [];
    return [{ key, demand: strength, askedAt: askedAt.get(key) ?? null, session: sessionOf(instrument) }];
  });
  // A run that is a moment early still finds what the last one fetched.
  const keys = planFetch(candidates, { now, minimumAgeMs: intervalMs * 0.9 });
  return new Map(
    keys.flatMap((key) => {
      const instrument = book.byKey(key);
      return instrument === null ? [] : [[formatSymbol(instrument), instrument] as const];
    }),
  );
}

/** Whether its prices come from providers at all. */
export function isPriced({ status, ownerId, source }: Instrument): boolean {
  return status === 'active' && ownerId === null && isFetched(source);
}
