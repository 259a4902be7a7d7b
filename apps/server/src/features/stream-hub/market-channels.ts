/** quotes:SYMBOL and bars:SYMBOL:INTERVAL. */
import { formatDecimal, maximum, minimum } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { AppError } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { Quote, QuoteBoard } from '../quotes/index.ts';
import { refused, SIGN_IN } from './channels.ts';
import type { ChannelName, ChannelRefusal, StateSource } from './channels.ts';
import type { StateChannels } from './state-channels.ts';

export interface MarketChannelNeeds {
  readonly channels: StateChannels;
  readonly instruments: InstrumentBook;
  readonly quotes: QuoteBoard;
  /** Whether quotes are told to those who have not signed in. */
  readonly isPublic: boolean;
  /** The running bar of an interval, from what is known before the stream began. */
  readonly runningBar: (instrument: Instrument, interval: BarInterval) => Promise<RunningBar | null>;
}

export const BAR_INTERVALS = { '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000 } as const;
export type BarInterval = keyof typeof BAR_INTERVALS;

export interface RunningBar {
  /** Start, epoch milliseconds. */
  readonly at: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  readonly volume: Decimal;
}

interface FollowedBar {
  readonly name: string;
  readonly interval: BarInterval;
  /** Null before the first price. */
  bar: RunningBar | null;
  /** The day's volume when the bar began. */
  volumeBefore: Decimal | null;
}

export function createMarketChannels(needs: MarketChannelNeeds): {
  readonly sources: readonly StateSource[];
  onTick(changed: readonly Quote[]): void;
} {
  const { channels, instruments, quotes } = needs;
  const quoteNames = new Map<number, Set<string>>();
  const bars = new Map<number, FollowedBar[]>();

  const instrumentOf = (symbol: string, caller: Caller | null): Instrument | ChannelRefusal => {
    if (caller === null && !needs.isPublic) return SIGN_IN;
    try {
      const instrument = instruments.resolve(symbol, caller?.userId);
      return instrument ?? refused('not_found', `No instrument has the symbol ${symbol}.`);
    } catch (error) {
      if (error instanceof AppError && error.code === 'ambiguous_symbol') return refused(error.code, error.message);
      throw error;
    }
  };

  const quoteSource: StateSource = {
    kind: 'quotes',
    open: async ({ name, rest }, caller) => {
      const instrument = instrumentOf(rest, caller);
      if ('code' in instrument) return instrument;
      // A private instrument has its owner's name only: the channel is theirs by its symbol, so two owners must not share it.
      if (instrument.ownerId !== null)
        return refused('not_found', 'Private instruments are not streamed: their prices change when you change them.');
      const names = quoteNames.get(instrument.key) ?? new Set();
      quoteNames.set(instrument.key, names.add(name));
      return { data: quotes.serialised(instrument.key) ?? 'null' };
    },
  };

  const barSource: StateSource = {
    kind: 'bars',
    open: async (channel, caller) => {
      const { symbol, interval } = barName(channel);
      if (interval === null) return refused('unknown_channel', `Bars stream at ${Object.keys(BAR_INTERVALS).join(', ')}: bars:AAPL:1m.`);
      const instrument = instrumentOf(symbol, caller);
      if ('code' in instrument) return instrument;
      if (instrument.ownerId !== null) return refused('not_found', 'Private instruments are not streamed.');
      const known = bars.get(instrument.key)?.find(({ name }) => name === channel.name);
      const present = known?.bar ?? null;
      if (present !== null) return { data: barJson(present) };
      const quote = quotes.quoteOf(instrument.key);
      const running = (await needs.runningBar(instrument, interval)) ?? (quote === null ? null : barFrom(quote, interval));
      const others = bars.get(instrument.key)?.filter(({ name }) => name !== channel.name) ?? [];
      bars.set(instrument.key, [...others, { name: channel.name, interval, bar: running, volumeBefore: null }]);
      return { data: running === null ? 'null' : barJson(running) };
    },
  };

  return {
    sources: [quoteSource, barSource],
    onTick(changed) {
      for (const quote of changed) {
        for (const name of quoteNames.get(quote.instrumentKey) ?? []) {
          if (channels.isFollowed(name)) channels.setState(name, quotes.serialised(quote.instrumentKey) ?? 'null');
          else quoteNames.get(quote.instrumentKey)?.delete(name);
        }
        const followed = bars.get(quote.instrumentKey);
        if (followed === undefined) continue;
        // What nobody follows is no longer kept up to date, so it is forgotten.
        const listened = followed.filter(({ name }) => channels.isFollowed(name));
        if (listened.length < followed.length) bars.set(quote.instrumentKey, listened);
        for (const bar of listened) channels.setState(bar.name, barJson(advance(bar, quote)));
      }
      channels.flush();
    },
  };
}

function barName({ rest }: ChannelName): { readonly symbol: string; readonly interval: BarInterval | null } {
  const colon = rest.lastIndexOf(':');
  const interval = rest.slice(colon + 1);
  return { symbol: rest.slice(0, Math.max(colon, 0)), interval: Object.hasOwn(BAR_INTERVALS, interval) ? (interval as BarInterval) : null };
}

function barFrom(quote: Quote, interval: BarInterval): RunningBar {
  const at = Math.floor(quote.at / BAR_INTERVALS[interval]) * BAR_INTERVALS[interval];
  return { at, open: quote.last, high: quote.last, low: quote.last, close: quote.last, volume: 0n as Decimal };
}

function advance(followed: FollowedBar, quote: Quote): RunningBar {
  const { bar, interval } = followed;
  if (bar === null) return (followed.bar = barFrom(quote, interval));
  // Counted from the bar's own start, which the exchange's clock has cut.
  const start = bar.at + Math.floor((quote.at - bar.at) / BAR_INTERVALS[interval]) * BAR_INTERVALS[interval];
  if (start > bar.at) {
    followed.volumeBefore = quote.volume;
    followed.bar = { ...barFrom(quote, interval), at: start };
    return followed.bar;
  }
  if (followed.volumeBefore === null && quote.volume !== null) followed.volumeBefore = (quote.volume - bar.volume) as Decimal;
  const traded = quote.volume === null || followed.volumeBefore === null ? bar.volume : ((quote.volume - followed.volumeBefore) as Decimal);
  followed.bar = {
    at: bar.at,
    open: bar.open,
    high: maximum(bar.high, quote.last),
    low: minimum(bar.low, quote.last),
    close: quote.last,
    volume: traded < 0n ? bar.volume : traded,
  };
  return followed.bar;
}

function barJson(bar: RunningBar): string {
  const { open, high, low, close, volume } = bar;
  const [o, h, l, c, v] = [open, high, low, close, volume].map(formatDecimal);
  return `{"at":"${new Date(bar.at).toISOString()}","open":"${o}","high":"${h}","low":"${l}","close":"${c}","volume":"${v}"}`;
}
