/** What a portfolio was worth and had gained at a past moment, from its facts alone. Runs on another thread. */
import { decimal, divide, formatDecimal, isZero, multiply, roundMoney, subtract, sum, toNumber, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { lastTradePrices, recordHistory, valuePortfolio } from '@holdfast/engine/portfolio';
import type { PositionValue, Valuation } from '@holdfast/engine/portfolio';
import { readHistory } from './read-history.ts';
import type { PastInput } from './task-input.ts';

/** Figures as the API shows them; positions by instrument key. */
export interface PastFigures {
  readonly summary: PastSummary;
  readonly positions: readonly PastPosition[];
}

export type PastSummary = ReturnType<typeof summaryOf>;
export type PastPosition = ReturnType<typeof positionOf>;

export function pastFigures(input: PastInput): PastFigures {
  const { baseCurrency, costMethod, cashMode, shorting } = input;
  const transactions = readHistory(input);
  const { book } = recordHistory({ baseCurrency, costMethod, cashMode, shorting }, transactions);
  const traded = lastTradePrices(transactions);
  const exact = (text: string | undefined) => (text === undefined ? null : decimal(text));
  const valuation = valuePortfolio(book, {
    priceOf: (instrument) => exact(input.prices[instrument]?.price) ?? traded.get(instrument) ?? null,
    baseRateOf: (currency) => exact(input.latestRates[currency]),
  });
  const held = valuation.positions.filter(({ quantity }) => !isZero(quantity)).sort(byValue);
  const changes = held.map((position) => dayChangeOf(position, input));
  return {
    summary: summaryOf(input, valuation, sum(changes.map(({ base }) => base))),
    positions: held.map((position, index) => positionOf(position, { input, valuation, dayChange: changes[index]?.own ?? null })),
  };
}

function byValue(one: PositionValue, other: PositionValue): number {
  return other.baseMarketValue > one.baseMarketValue ? 1 : other.baseMarketValue < one.baseMarketValue ? -1 : 0;
}

/** Against the close of the day before; nothing where either is not known. */
function dayChangeOf({ instrument, quantity, price, baseRate }: PositionValue, { prices }: PastInput) {
  const previous = prices[instrument]?.previous ?? null;
  if (previous === null || price === null || baseRate === null) return { own: null, base: ZERO };
  const own = multiply(quantity, subtract(price, decimal(previous)));
  return { own, base: multiply(own, baseRate) };
}

function summaryOf({ baseCurrency, names }: PastInput, valuation: Valuation, dayChange: Decimal) {
  const shown = (amount: Decimal): string => formatDecimal(roundMoney(amount, baseCurrency));
  const effects = (pick: (position: PositionValue) => Decimal) => sum(valuation.positions.map(pick));
  const priceEffect = roundMoney(
    effects((position) => position.priceEffect),
    baseCurrency,
  );
  return {
    totalValue: shown(valuation.totalValue),
    marketValue: shown(valuation.marketValue),
    cashValue: shown(valuation.cashValue),
    investedCapital: shown(valuation.investedCapital),
    costBasis: shown(valuation.costBasis),
    realizedGain: shown(valuation.realizedGain),
    unrealizedGain: shown(valuation.unrealizedGain),
    priceEffect: formatDecimal(priceEffect),
    currencyEffect: formatDecimal(subtract(roundMoney(valuation.unrealizedGain, baseCurrency), priceEffect)),
    crossEffect: shown(effects((position) => position.crossEffect)),
    cashCurrencyGain: shown(valuation.cashCurrencyGain),
    income: shown(valuation.income),
    costs: shown(valuation.costs),
    netGain: shown(valuation.netGain),
    simpleReturn: valuation.simpleReturn === null ? null : toNumber(valuation.simpleReturn),
    dayChange: shown(dayChange),
    dayChangePercent: percent(dayChange, subtract(valuation.totalValue, dayChange)),
    positions: valuation.positions.filter(({ quantity }) => !isZero(quantity)).length,
    unpriced: valuation.unpriced.map((name) => names[name]?.symbol ?? name),
  };
}

interface Around {
  readonly input: PastInput;
  readonly valuation: Valuation;
  readonly dayChange: Decimal | null;
}

function positionOf(position: PositionValue, { input, valuation, dayChange }: Around) {
  const { instrument, currency, quantity, costBasis, baseCostBasis, price, baseMarketValue } = position;
  const { baseCurrency, prices } = input;
  const own = (amount: Decimal): string => formatDecimal(roundMoney(amount, currency));
  const base = (amount: Decimal): string => formatDecimal(roundMoney(amount, baseCurrency));
  const known = price !== null && position.baseRate !== null;
  const gain = roundMoney(position.baseUnrealizedGain, baseCurrency);
  const priceEffect = roundMoney(position.priceEffect, baseCurrency);
  const found = prices[instrument];
  return {
    instrument,
    currency,
    quantity: formatDecimal(quantity),
    averagePrice: formatDecimal(position.averagePrice ?? ZERO),
    costBasis: formatDecimal(costBasis),
    price: price === null ? null : formatDecimal(price),
    priceAt: found?.at ?? null,
    priceFrom: price === null ? null : (found?.from ?? ('trade' as const)),
    marketValue: known ? own(position.marketValue) : null,
    unrealizedGain: known ? own(position.unrealizedGain) : null,
    unrealizedGainPercent: known ? percent(position.unrealizedGain, costBasis) : null,
    realizedGain: formatDecimal(position.realizedGain),
    dayChange: dayChange === null ? null : own(dayChange),
    dayChangePercent: dayChange === null ? null : percent(dayChange, subtract(position.marketValue, dayChange)),
    weight: isZero(valuation.totalValue) ? null : toNumber(divide(baseMarketValue, valuation.totalValue)),
    baseCostBasis: base(baseCostBasis),
    baseMarketValue: base(baseMarketValue),
    baseUnrealizedGain: known ? formatDecimal(gain) : null,
    priceEffect: known ? formatDecimal(priceEffect) : null,
    currencyEffect: known ? formatDecimal(subtract(gain, priceEffect)) : null,
    crossEffect: known ? base(position.crossEffect) : null,
  };
}

function percent(part: Decimal, whole: Decimal): number | null {
  return isZero(whole) ? null : toNumber(divide(part, whole)) * 100;
}
