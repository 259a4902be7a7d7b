/** The desk's window on the world: quotes, rates, sessions and days, read at the moment a command is decided. */
import { ONE } from '@holdfast/engine/money';
import type { Moment, PlacementContext, TradedInstrument } from '@holdfast/engine/matching';
import { dayOfInstant } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import { nextMidnight, offsetMinutes } from '../../platform/time-zone.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { Quote, QuoteBoard } from '../quotes/index.ts';
import type { PortfolioState } from './portfolio-state.ts';

/** Whether an exchange trades at an instant. Null: no session is known, so it is always open. */
export type SessionOf = (
  exchange: string | null,
  instant: number,
) => { readonly open: boolean; readonly opensAt: number | null; readonly closesAt: number | null } | null;

export interface Market {
  readonly clock: Clock;
  quoteOf(instrumentKey: number): Quote | null;
  instrumentOf(instrumentKey: number): Instrument | null;
  tradedInstrument(instrument: Instrument, baseCurrency: string): TradedInstrument;
  placementContext(instrument: Instrument, state: PortfolioState, moment: Moment): PlacementContext;
  /** The quote that a resting order of the portfolio may fill at now: the instrument and its exchange trade and the price is fresh. */
  tradableQuote(instrument: Instrument, state: PortfolioState): Quote | null;
  dayOf(instant: number, timeZone: string): Day;
}

export interface MarketSources {
  readonly clock: Clock;
  readonly quotes: QuoteBoard;
  readonly instruments: InstrumentBook;
  readonly rates: ExchangeRates;
  readonly sessionOf: SessionOf;
}

/** A live feed ticks every second; a price given by hand counts until the next is given. */
const STALE_AFTER_MS = 15 * 60_000;
const GOOD_TILL_CANCELED_MS = 90 * 86_400_000;

function staleAfter(instrument: Instrument): number {
  return instrument.source === 'manual' ? Number.POSITIVE_INFINITY : STALE_AFTER_MS;
}

export function createMarket(sources: MarketSources): Market {
  const { clock, quotes, instruments, rates, sessionOf } = sources;
  const tradedInstrument = (instrument: Instrument, baseCurrency: string): TradedInstrument => ({
    key: instrument.key,
    currency: instrument.currency,
    baseRate: instrument.currency === baseCurrency ? ONE : rates.rate(instrument.currency, baseCurrency, clock.now()),
  });
  const sessionFor = (instrument: Instrument, state: PortfolioState) =>
    state.account.rules.tradingHours === 'always' ? null : sessionOf(instrument.exchange, clock.now());
  return {
    clock,
    quoteOf: (key) => quotes.quoteOf(key),
    instrumentOf: (key) => instruments.byKey(key),
    tradedInstrument,
    tradableQuote(instrument, state) {
      const quote = quotes.quoteOf(instrument.key);
      if (quote === null || instrument.status !== 'active' || sessionFor(instrument, state)?.open === false) return null;
      return clock.now() - quote.at <= staleAfter(instrument) ? quote : null;
    },
    dayOf: (instant, timeZone) => dayOfInstant(instant, offsetMinutes(timeZone, instant)),
    placementContext(instrument, state, moment) {
      const session = sessionFor(instrument, state);
      return {
        instrument: {
          ...tradedInstrument(instrument, state.account.baseCurrency),
          tickSize: instrument.tickSize,
          active: instrument.status === 'active',
        },
        quote: quotes.quoteOf(instrument.key),
        staleAfterMs: staleAfter(instrument),
        session: { open: session?.open ?? true, opensAt: session?.opensAt ?? null },
        dayEndsAt: session?.closesAt ?? nextMidnight(state.timeZone, moment.now),
        goodTillCanceledEndsAt: moment.now + GOOD_TILL_CANCELED_MS,
        moment,
      };
    },
  };
}
