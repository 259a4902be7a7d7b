import type { Interval } from '@holdfast/engine/bars';
import type { ListedSymbol } from '@holdfast/engine/instruments';
import type { Clock } from '../../../platform/clock.ts';
import type { ListingProfile, MarketDataProvider, ProvidedQuote, QuoteSink } from '../market-data.ts';
import type { Tape, TapeReport } from './tape.ts';

export const REPLAY = 'replay';

export interface ReplaySettings {
  readonly tape: Tape;
  readonly clock: Clock;
  /** The instant of the recording that is played first; its beginning when null. */
  readonly fromMs: number | null;
  /** Seconds of the recording played in one second, 1 to 1000. */
  readonly speed: number;
  /** When it began to play, for a replay that others play too; now when left out. */
  readonly startedAt?: number;
  /** Calls again and again until stopped: a beat of the stream. */
  readonly every?: (beat: () => void) => () => void;
}

export interface Replay extends MarketDataProvider {
  /** How far the recording is played: an instant of it. */
  position(): number;
}

const BEAT_MS = 250;
const INTERVALS: readonly Interval[] = ['1m', '5m', '15m', '1h', '1d', '1w', '1mo'];

/**
 * Plays a recorded market from any instant of it, slower or faster than it was. Prices bear the instant at which they are played, so
 * that they are as old as they look; the past ends where the playing is, so that nobody looks ahead. At its end the market stands still.
 */
export function replayMarketData({ tape, clock, fromMs, speed, startedAt = clock.now(), every = everyBeat }: ReplaySettings): Replay {
  const firstMs = fromMs ?? tape.span?.fromMs ?? 0;
  const position = (): number => Math.floor(firstMs + (clock.now() - startedAt) * speed);
  const playedAt = (recordedAt: number): number => Math.floor(startedAt + Math.max(0, recordedAt - firstMs) / speed);
  const profileFor = ({ symbol, exchange }: ListedSymbol): ListingProfile | null =>
    tape.listings.find((listing) => listing.symbol === symbol && (exchange === null || listing.exchange === exchange)) ?? null;
  const quotesWithin = async (afterMs: number, untilMs: number, wanted: (report: TapeReport) => boolean) =>
    (await tape.read({ afterMs, untilMs })).filter(wanted).map((report) => quoteOf(report, playedAt(report.at)));
  const isOf = (listings: readonly ListedSymbol[]) => {
    const symbols = new Set(listings.flatMap((listing) => profileFor(listing)?.symbol ?? []));
    return ({ symbol }: TapeReport): boolean => symbols.has(symbol);
  };
  return Object.freeze({
    name: REPLAY,
    position,
    listed: tape.listings,
    computed: null,
    quotas: [],
    batch: { size: Number.MAX_SAFE_INTEGER, counts: 'call' as const },
    costs: { history: 0, profile: 0, actions: 0 },
    intervals: INTERVALS,
    covers: (listing: ListedSymbol) => profileFor(listing) !== null,
    quotes: (listings: readonly ListedSymbol[]) => quotesWithin(Number.NEGATIVE_INFINITY, position(), isOf(listings)),
    history: async (listing, { interval, fromMs: from, toMs }) => {
      const profile = profileFor(listing);
      if (profile === null) return null;
      const untilMs = Math.min(toMs, position());
      return { source: REPLAY, bars: from >= untilMs ? [] : await tape.bars(profile.symbol, { interval, fromMs: from, toMs: untilMs }) };
    },
    search: async (text, limit) => {
      const wanted = text.trim().toLowerCase();
      return tape.listings
        .filter(({ symbol, name }) => symbol.toLowerCase().startsWith(wanted) || name.toLowerCase().includes(wanted))
        .slice(0, limit);
    },
    profile: async (listing) => profileFor(listing),
    actions: async () => null,
    exchangeRates: async () => null,
    stream: (listings: readonly ListedSymbol[], sink: QuoteSink) => {
      let reachedMs = Number.NEGATIVE_INFINITY;
      let reading = false;
      const wanted = isOf(listings);
      const beat = async (): Promise<void> => {
        const untilMs = position();
        // A slow tape is read once at a time; what it missed comes with the next beat.
        if (reading || untilMs <= reachedMs) return;
        reading = true;
        try {
          const quotes = await quotesWithin(reachedMs, untilMs, wanted);
          reachedMs = untilMs;
          if (quotes.length > 0) sink.onQuotes(quotes);
        } finally {
          reading = false;
        }
      };
      const stop = every(() => {
        beat().catch((error: unknown) => {
          stop();
          sink.onEnd(error instanceof Error ? error : new Error(String(error)));
        });
      });
      return stop;
    },
  } satisfies Replay);
}

function everyBeat(beat: () => void): () => void {
  const timer = setInterval(beat, BEAT_MS);
  return () => clearInterval(timer);
}

function quoteOf({ symbol, exchange, ...figures }: TapeReport, at: number): ProvidedQuote {
  return { ...figures, listing: { symbol, exchange }, source: REPLAY, at };
}
