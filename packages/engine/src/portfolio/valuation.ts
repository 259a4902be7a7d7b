import type { InstrumentId } from '../ledger/index.ts';
import { add, divide, multiply, ONE, subtract, sum, ZERO, type CurrencyCode, type Decimal } from '../money/index.ts';
import type { CashHeld, PortfolioBook } from './portfolio-book.ts';
import { splitGain, type GainSplit } from './gain-split.ts';
import { positionsOf, type Position } from './position.ts';

/** What the market says at the moment of the valuation; null where it says nothing. */
export interface Market {
  /** In the instrument's currency. */
  readonly priceOf: (instrument: InstrumentId) => Decimal | null;
  /** Base currency units per unit of `currency`; never asked for the base currency itself. */
  readonly baseRateOf: (currency: CurrencyCode) => Decimal | null;
}

/** A position with its price. Without a price or rate it counts at cost, so that a gap in the market data is no gain or loss. */
export interface PositionValue extends Position, GainSplit {
  readonly price: Decimal | null;
  readonly baseRate: Decimal | null;
  readonly marketValue: Decimal;
  readonly baseMarketValue: Decimal;
  readonly unrealizedGain: Decimal;
  /** `priceEffect + currencyEffect`. */
  readonly baseUnrealizedGain: Decimal;
  /** Unrealized gain over the absolute cost basis, as a fraction in base currency; null where the cost is zero. */
  readonly unrealizedReturn: Decimal | null;
}

export interface CashValue extends CashHeld {
  readonly baseRate: Decimal | null;
  readonly baseValue: Decimal;
  /** What exchange rates did to money at rest: value now less what it came to when it arrived. */
  readonly currencyGain: Decimal;
}

/** A portfolio at one moment, in base currency. Nothing is rounded; screens and postings round. */
export interface Valuation {
  readonly baseCurrency: CurrencyCode;
  readonly positions: readonly PositionValue[];
  readonly cash: readonly CashValue[];
  readonly marketValue: Decimal;
  readonly cashValue: Decimal;
  /** `marketValue + cashValue`. */
  readonly totalValue: Decimal;
  readonly costBasis: Decimal;
  /** Money and securities put in, and those taken out: both positive; transfers at lot cost. */
  readonly putIn: Decimal;
  readonly takenOut: Decimal;
  /** `putIn - takenOut`. */
  readonly investedCapital: Decimal;
  readonly realizedGain: Decimal;
  readonly unrealizedGain: Decimal;
  readonly income: Decimal;
  readonly cashCurrencyGain: Decimal;
  /** Fees and taxes outside lots. */
  readonly costs: Decimal;
  /** `realizedGain + unrealizedGain + income + cashCurrencyGain - costs`, which is also `totalValue - investedCapital`. */
  readonly netGain: Decimal;
  /** `netGain / putIn`, a fraction; null when nothing was put in. */
  readonly simpleReturn: Decimal | null;
  /** Instruments and currencies that counted at cost because the market said nothing. */
  readonly unpriced: readonly string[];
}

export function valuePortfolio(book: PortfolioBook, market: Market): Valuation {
  const { baseCurrency } = book.rules;
  const rateOf = (currency: CurrencyCode) => (currency === baseCurrency ? ONE : market.baseRateOf(currency));
  const positions = positionsOf(book).map((position) =>
    valuePosition(position, position.quantity === ZERO ? null : market.priceOf(position.instrument), rateOf(position.currency)),
  );
  const cash = [...book.cash.values()].map((held) => valueCash(held, rateOf(held.currency)));
  const total = (pick: (position: PositionValue) => Decimal): Decimal => sum(positions.map(pick));
  const marketValue = total(({ baseMarketValue }) => baseMarketValue);
  const cashValue = sum(cash.map(({ baseValue }) => baseValue));
  const putIn = sum(book.flows.filter(({ amount }) => amount > 0n).map(({ amount }) => amount));
  const investedCapital = sum(book.flows.map(({ amount }) => amount));
  const realizedGain = total(({ baseRealizedGain }) => baseRealizedGain);
  const unrealizedGain = total(({ baseUnrealizedGain }) => baseUnrealizedGain);
  const income = sum(book.income.map(({ amount }) => amount));
  const cashCurrencyGain = sum(cash.map(({ currencyGain }) => currencyGain));
  const costs = sum(book.costs.map(({ amount }) => amount));
  const netGain = subtract(sum([realizedGain, unrealizedGain, income, cashCurrencyGain]), costs);
  return {
    baseCurrency,
    positions,
    cash,
    marketValue,
    cashValue,
    totalValue: add(marketValue, cashValue),
    costBasis: total(({ baseCostBasis }) => baseCostBasis),
    putIn,
    takenOut: subtract(putIn, investedCapital),
    investedCapital,
    realizedGain,
    unrealizedGain,
    income,
    cashCurrencyGain,
    costs,
    netGain,
    simpleReturn: putIn === ZERO ? null : divide(netGain, putIn),
    unpriced: [
      ...positions
        .filter(({ quantity, price, baseRate }) => quantity !== ZERO && (price === null || baseRate === null))
        .map(({ instrument }) => instrument),
      ...cash.filter(({ balance, baseRate }) => balance !== ZERO && baseRate === null).map(({ currency }) => currency),
    ],
  };
}

function valuePosition(position: Position, price: Decimal | null, baseRate: Decimal | null): PositionValue {
  const { quantity, costBasis, baseCostBasis } = position;
  const known = price !== null && baseRate !== null;
  const marketValue = known ? multiply(quantity, price) : costBasis;
  const baseMarketValue = known ? multiply(marketValue, baseRate) : baseCostBasis;
  const baseUnrealizedGain = subtract(baseMarketValue, baseCostBasis);
  const split = known
    ? splitGain({ costBasis, baseCostBasis, marketValue, baseMarketValue, rateNow: baseRate })
    : { priceEffect: ZERO, currencyEffect: ZERO, crossEffect: ZERO };
  return {
    ...position,
    price,
    baseRate,
    marketValue,
    baseMarketValue,
    unrealizedGain: subtract(marketValue, costBasis),
    baseUnrealizedGain,
    ...split,
    unrealizedReturn:
      baseCostBasis === ZERO ? null : divide(baseUnrealizedGain, baseCostBasis < 0n ? subtract(ZERO, baseCostBasis) : baseCostBasis),
  };
}

function valueCash(held: CashHeld, baseRate: Decimal | null): CashValue {
  const baseValue = baseRate === null ? held.baseCost : multiply(held.balance, baseRate);
  return { ...held, baseRate, baseValue, currencyGain: subtract(baseValue, held.baseCost) };
}
