/** A portfolio as if nothing had been bought or sold since a day, beside what really happened. Runs on another thread. */
import type { Transaction } from '@holdfast/engine/ledger';
import { decimal, formatDecimal, isZero, roundMoney, subtract, sum } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { lastTradePrices, recordHistory, valuePortfolio } from '@holdfast/engine/portfolio';
import type { PositionValue, Valuation } from '@holdfast/engine/portfolio';
import { formatDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { readHistory } from './read-history.ts';
import type { MarketTexts, WhatIfInput } from './task-input.ts';

export function whatIfText(input: WhatIfInput): string {
  const { baseCurrency, costMethod, cashMode, shorting, on } = input;
  const rules = { baseCurrency, costMethod, cashMode, shorting };
  const all = readHistory(input);
  const worth = (facts: readonly Transaction[], market: MarketTexts) => {
    const { book } = recordHistory(rules, facts);
    return { book, valuation: valuePortfolio(book, marketOf(facts, market)) };
  };
  const then = worth(untilDay(all, on), input.then).valuation.totalValue;
  const held = worth(keptSince(all, on), input.now).valuation;
  const actual = worth(all, input.now);
  const flows = sum(actual.book.flows.filter((flow) => flow.on > on).map(({ amount }) => amount));
  const heldGain = subtract(held.totalValue, then);
  const actualGain = subtract(subtract(actual.valuation.totalValue, then), flows);
  const shown = (amount: Decimal): string => formatDecimal(roundMoney(amount, baseCurrency));
  return JSON.stringify({
    portfolioId: input.portfolioId,
    currency: baseCurrency,
    on: formatDay(on),
    valueThen: shown(then),
    valueHeld: shown(held.totalValue),
    heldGain: shown(heldGain),
    valueNow: shown(actual.valuation.totalValue),
    flows: shown(flows),
    actualGain: shown(actualGain),
    difference: shown(subtract(actualGain, heldGain)),
    positions: held.positions.filter(({ quantity }) => !isZero(quantity)).map((position) => positionJson(position, input)),
    unpriced: unpricedOf(held, input),
  });
}

function untilDay(all: readonly Transaction[], on: Day): readonly Transaction[] {
  return all.filter(({ tradedOn }) => tradedOn <= on);
}

/** A split is no decision of the owner: it happens to whatever is held. */
function keptSince(all: readonly Transaction[], on: Day): readonly Transaction[] {
  return all.filter(({ tradedOn, type }) => tradedOn <= on || type === 'split');
}

function marketOf(facts: readonly Transaction[], { prices, rates }: MarketTexts) {
  const traded = lastTradePrices(facts);
  const exact = (text: string | undefined) => (text === undefined ? null : decimal(text));
  return {
    priceOf: (instrument: string) => exact(prices[instrument]) ?? traded.get(instrument) ?? null,
    baseRateOf: (currency: string) => exact(rates[currency]),
  };
}

function positionJson({ instrument, quantity, price, baseMarketValue }: PositionValue, { names, baseCurrency }: WhatIfInput) {
  const { symbol, name } = names[instrument] ?? { symbol: 'unknown', name: 'unknown' };
  return {
    symbol,
    name,
    quantity: formatDecimal(quantity),
    price: price === null ? null : formatDecimal(price),
    baseMarketValue: formatDecimal(roundMoney(baseMarketValue, baseCurrency)),
  };
}

function unpricedOf({ unpriced }: Valuation, { names }: WhatIfInput): readonly string[] {
  return unpriced.map((name) => names[name]?.symbol ?? name);
}
