/** Values a portfolio's holdings at the quotes of this moment. */
import { add, compare, divide, formatDecimal, isZero, multiply, ONE, roundMoney, subtract, toNumber, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Holding } from '@holdfast/engine/orders';
import { splitGain } from '@holdfast/engine/portfolio';
import type { GainSplit } from '@holdfast/engine/portfolio';
import type { Clock } from '../../platform/clock.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { PortfolioState } from '../desk/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { Quote, QuoteBoard } from '../quotes/index.ts';

export interface ValuationNeeds {
  readonly clock: Clock;
  readonly instruments: InstrumentBook;
  readonly quotes: QuoteBoard;
  readonly rates: ExchangeRates;
}

export interface ValuedPosition {
  readonly instrument: Instrument;
  readonly holding: Holding;
  readonly quote: Quote | null;
  /** In the instrument's currency; null without a price. */
  readonly marketValue: Decimal | null;
  readonly dayChange: Decimal | null;
  /** In the base currency; at cost where there is no price. */
  readonly baseValue: Decimal;
  /** The same before it is rounded: what sums are made of. */
  readonly exactBaseValue: Decimal;
  readonly exactBaseDayChange: Decimal;
  /** What price and exchange rate made of the unrealized gain, unrounded; null without a price. */
  readonly split: GainSplit | null;
}

export interface Valuation {
  readonly positions: readonly ValuedPosition[];
  readonly cashValue: Decimal;
  readonly marketValue: Decimal;
  readonly totalValue: Decimal;
  readonly costBasis: Decimal;
  readonly dayChange: Decimal;
  readonly unrealizedGain: Decimal;
  readonly split: GainSplit;
  /** Before rounding: what other figures are made of. */
  readonly exact: { readonly totalValue: Decimal; readonly unrealizedGain: Decimal };
  readonly unpriced: readonly string[];
}

const NO_SPLIT: GainSplit = { priceEffect: ZERO, currencyEffect: ZERO, crossEffect: ZERO };

/** Sums are rounded once, when all is added up: so are those of an explanation. */
export function valuePositions(needs: ValuationNeeds, state: PortfolioState): Valuation {
  const { account } = state;
  const base = account.baseCurrency;
  const now = needs.clock.now();
  const rateOf = (currency: string): Decimal => (currency === base ? ONE : (needs.rates.rate(currency, base, now) ?? ZERO));
  const positions: ValuedPosition[] = [];
  const unpriced: string[] = [];
  let [marketValue, costBasis, dayChange, split] = [ZERO, ZERO, ZERO, NO_SPLIT];
  for (const [key, holding] of account.holdings) {
    const instrument = needs.instruments.byKey(key);
    if (isZero(holding.quantity) || instrument === null) continue;
    const position = valued(instrument, holding, { quote: needs.quotes.quoteOf(key), rate: rateOf(instrument.currency), base });
    if (position.quote === null) unpriced.push(symbolOf(instrument));
    positions.push(position);
    marketValue = add(marketValue, position.exactBaseValue);
    costBasis = add(costBasis, holding.baseCost);
    dayChange = add(dayChange, position.exactBaseDayChange);
    split = addSplits(split, position.split ?? NO_SPLIT);
  }
  let cashValue = account.cash;
  for (const [currency, balance] of account.foreignCash) cashValue = add(cashValue, multiply(balance, rateOf(currency)));
  positions.sort((a, b) => compare(b.baseValue, a.baseValue) || (a.instrument.symbol < b.instrument.symbol ? -1 : 1));
  const rounded = (amount: Decimal): Decimal => roundMoney(amount, base);
  return {
    positions,
    cashValue: rounded(cashValue),
    marketValue: rounded(marketValue),
    totalValue: rounded(add(cashValue, marketValue)),
    costBasis,
    dayChange: rounded(dayChange),
    unrealizedGain: rounded(subtract(marketValue, costBasis)),
    split: roundSplit(split, base),
    exact: { totalValue: add(cashValue, marketValue), unrealizedGain: subtract(marketValue, costBasis) },
    unpriced,
  };
}

function addSplits(one: GainSplit, other: GainSplit): GainSplit {
  return {
    priceEffect: add(one.priceEffect, other.priceEffect),
    currencyEffect: add(one.currencyEffect, other.currencyEffect),
    crossEffect: add(one.crossEffect, other.crossEffect),
  };
}

/** The currency effect is the rest, so that both still add up to the gain as it is shown. */
function roundSplit({ priceEffect, currencyEffect, crossEffect }: GainSplit, base: string): GainSplit {
  const price = roundMoney(priceEffect, base);
  return {
    priceEffect: price,
    currencyEffect: subtract(roundMoney(add(priceEffect, currencyEffect), base), price),
    crossEffect: roundMoney(crossEffect, base),
  };
}

function valued(
  instrument: Instrument,
  holding: Holding,
  at: { readonly quote: Quote | null; readonly rate: Decimal; readonly base: string },
): ValuedPosition {
  const { quote, rate, base } = at;
  const { quantity, costBasis, baseCost } = holding;
  if (quote === null)
    return {
      ...{ instrument, holding, quote, marketValue: null, dayChange: null, split: null },
      ...{ baseValue: roundMoney(baseCost, base), exactBaseValue: baseCost, exactBaseDayChange: ZERO },
    };
  const value = multiply(quantity, quote.last);
  const change = quote.previousClose === null ? null : multiply(quantity, subtract(quote.last, quote.previousClose));
  const exactBaseValue = multiply(value, rate);
  const split = { costBasis, baseCostBasis: baseCost, marketValue: value, baseMarketValue: exactBaseValue, rateNow: rate };
  return {
    instrument,
    holding,
    quote,
    marketValue: roundMoney(value, instrument.currency),
    dayChange: change === null ? null : roundMoney(change, instrument.currency),
    baseValue: roundMoney(exactBaseValue, base),
    exactBaseValue,
    exactBaseDayChange: change === null ? ZERO : multiply(change, rate),
    split: splitGain(split),
  };
}

/** part / whole as a fraction for reading; null when there is no whole. */
export function fraction(part: Decimal, whole: Decimal): number | null {
  return isZero(whole) ? null : toNumber(divide(part, whole));
}

export function describePosition(position: ValuedPosition, { totalValue, base }: { readonly totalValue: Decimal; readonly base: string }) {
  const { instrument, holding, quote, marketValue, dayChange, baseValue } = position;
  const unrealized = marketValue === null ? null : subtract(marketValue, holding.costBasis);
  const before = marketValue === null || dayChange === null ? null : subtract(marketValue, dayChange);
  return {
    symbol: symbolOf(instrument),
    exchange: instrument.exchange ?? '',
    name: instrument.name,
    assetClass: instrument.assetClass as string,
    quantity: formatDecimal(holding.quantity),
    reserved: formatDecimal(holding.reserved),
    averagePrice: formatDecimal(divide(holding.costBasis, holding.quantity)),
    costBasis: formatDecimal(holding.costBasis),
    price: quote === null ? null : formatDecimal(quote.last),
    priceAt: quote === null ? null : new Date(quote.at).toISOString(),
    marketValue: text(marketValue),
    unrealizedGain: text(unrealized),
    unrealizedGainPercent: unrealized === null ? null : percent(unrealized, holding.costBasis),
    realizedGain: formatDecimal(holding.realizedGain),
    dayChange: text(dayChange),
    dayChangePercent: dayChange === null || before === null ? null : percent(dayChange, before),
    weight: fraction(baseValue, totalValue),
    currency: instrument.currency,
    accruedInterest: null as string | null,
    priceFrom: quote === null ? null : ('quote' as const),
    baseCostBasis: formatDecimal(roundMoney(holding.baseCost, base)),
    baseMarketValue: formatDecimal(baseValue),
    ...effectsOf(position, base),
  };
}

function effectsOf({ split }: ValuedPosition, base: string) {
  if (split === null) return { baseUnrealizedGain: null, priceEffect: null, currencyEffect: null, crossEffect: null };
  const { priceEffect, currencyEffect, crossEffect } = roundSplit(split, base);
  return {
    baseUnrealizedGain: formatDecimal(add(priceEffect, currencyEffect)),
    priceEffect: formatDecimal(priceEffect),
    currencyEffect: formatDecimal(currencyEffect),
    crossEffect: formatDecimal(crossEffect),
  };
}

/** part / whole as a percentage for reading, 5 for 5 %; null when there is no whole. The one way in which gains are told. */
export function percent(part: Decimal, whole: Decimal): number | null {
  const share = fraction(part, whole);
  return share === null ? null : share * 100;
}

function text(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}
