/** A portfolio as it was: the figures of a past moment in the shapes of the live ones. */
import { decimal, isZero } from '@holdfast/engine/money';
import type { PortfolioState } from '../desk/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import type { AllocationPart } from './allocation.ts';

type Exact<Keys extends string> = Readonly<Record<Keys, string>>;
type MaybeExact<Keys extends string> = Readonly<Record<Keys, string | null>>;
type MaybeNumber<Keys extends string> = Readonly<Record<Keys, number | null>>;

export type PastPosition = Exact<'instrument' | 'currency' | 'quantity' | 'averagePrice' | 'costBasis' | 'realizedGain'> &
  Exact<'baseCostBasis' | 'baseMarketValue'> &
  MaybeExact<'price' | 'priceAt' | 'marketValue' | 'unrealizedGain' | 'dayChange'> &
  MaybeExact<'baseUnrealizedGain' | 'priceEffect' | 'currencyEffect' | 'crossEffect'> &
  MaybeNumber<'unrealizedGainPercent' | 'dayChangePercent' | 'weight'> & { readonly priceFrom: 'quote' | 'close' | 'trade' | null };

export type PastSummary = Exact<'totalValue' | 'marketValue' | 'cashValue' | 'investedCapital' | 'costBasis' | 'realizedGain'> &
  Exact<'unrealizedGain' | 'priceEffect' | 'currencyEffect' | 'crossEffect' | 'cashCurrencyGain' | 'income' | 'costs' | 'netGain'> &
  Exact<'dayChange'> &
  MaybeNumber<'simpleReturn' | 'dayChangePercent'> & { readonly positions: number; readonly unpriced: readonly string[] };

export interface PastFigures {
  readonly at: number;
  readonly prices: 'live' | 'close';
  readonly summary: PastSummary;
  readonly positions: readonly PastPosition[];
}

/** How past moments are valued: handed in, since it is worked out where histories are. */
export interface PastNeeds {
  /** Null for a moment that is now; throws for one that has not come or is none. */
  readonly momentOf: (state: PortfolioState, asOf: string) => { readonly day: number; readonly until: number } | null;
  readonly figuresAsOf: (state: PortfolioState, moment: { readonly day: number; readonly until: number }) => Promise<PastFigures>;
}

/** Null where the figures of now are asked for. */
export function createPastPortfolio({ instruments, momentOf, figuresAsOf }: PastNeeds & { readonly instruments: InstrumentBook }) {
  return async (state: PortfolioState, asOf: string | undefined) => {
    const moment = asOf === undefined ? null : momentOf(state, asOf);
    if (moment === null) return null;
    const { at, prices, summary, positions } = await figuresAsOf(state, moment);
    const { baseCurrency } = state.account;
    return {
      summary: {
        portfolioId: state.id,
        currency: baseCurrency,
        ...{ ...summary, unpriced: [...summary.unpriced] },
        asOf: new Date(at).toISOString(),
        prices,
      },
      day: moment.day,
      positions: positions.map((position) => positionJson(instruments, position)),
      parts: partsThen(instruments, summary, positions),
    };
  };
}

function positionJson(instruments: InstrumentBook, { instrument: key, ...figures }: PastPosition) {
  const instrument = instruments.byKey(Number(key));
  return {
    symbol: instrument === null ? 'unknown' : symbolOf(instrument),
    exchange: instrument?.exchange ?? '',
    name: instrument?.name ?? 'unknown',
    assetClass: (instrument?.assetClass ?? 'other') as string,
    // Nothing is held back of what is past.
    reserved: '0',
    accruedInterest: null as string | null,
    ...figures,
  };
}

function partsThen(instruments: InstrumentBook, { cashValue }: PastSummary, positions: readonly PastPosition[]): readonly AllocationPart[] {
  const held = positions.map((position) => ({
    instrument: instruments.byKey(Number(position.instrument)),
    value: decimal(position.baseMarketValue),
  }));
  const cash = decimal(cashValue);
  return isZero(cash) ? held : [...held, { instrument: null, value: cash }];
}
