import { cashEffect, type CashMode, type InstrumentId, type Transaction } from '../ledger/index.ts';
import { toNumber, type CurrencyCode } from '../money/index.ts';
import type { Day, Period } from '../time/index.ts';
import { trackHolding, type HoldingTrack, type HoldingTracks } from './holdings-by-day.ts';
import { carryForward, type PriceSeries } from './price-series.ts';

/** What performance is computed from: all transactions since the beginning, oldest first, and what the market said. */
export interface PerformanceFacts {
  readonly baseCurrency: CurrencyCode;
  readonly cashMode: CashMode;
  readonly transactions: readonly Transaction[];
  /** Raw closes in the instrument's currency; where there are none, the price of the last trade counts. */
  readonly prices: ReadonlyMap<InstrumentId, PriceSeries>;
  /** Base currency units per unit; where there are none, the rate of the first transaction counts. */
  readonly rates: ReadonlyMap<CurrencyCode, PriceSeries>;
}

/**
 * A portfolio day by day in base currency. `values[i]` is the value at the close of day `from + i`, `inflows[i]` what the owner brought
 * on that day, at its start, and `outflows[i]` what the owner took, at its end; both are zero or more.
 */
export interface DailyValues {
  readonly from: Day;
  /** Value at the close of the day before `from`. */
  readonly opening: number;
  readonly values: Float64Array;
  readonly inflows: Float64Array;
  readonly outflows: Float64Array;
  /** Instruments and currencies of which no price or rate was known at all; they count as nothing. */
  readonly unpriced: readonly string[];
}

/**
 * One pass over the transactions, then one per instrument over the days it was held. Transfers of securities flow at the market value of
 * the day. Where cash is implied, payments of one day are netted before they flow, so that exchanging one share for another is no flow.
 */
export function dailyValues(facts: PerformanceFacts, period: Period): DailyValues {
  const count = Math.max(0, period.to - period.from + 1) + 1;
  const ground: Ground = {
    facts,
    // Index 0 is the day before the period, on which everything earlier has already happened.
    zeroth: period.from - 1,
    count,
    values: new Float64Array(count),
    inflows: new Float64Array(count),
    outflows: new Float64Array(count),
    netted: new Float64Array(count),
    cash: new Map(),
    rates: new Map(),
    firstRates: new Map(),
    unpriced: new Set(),
    scratch: new Float64Array(count),
  };
  const tracks: HoldingTracks = new Map();
  for (const transaction of facts.transactions) {
    if (transaction.tradedOn > period.to) break;
    const index = Math.max(0, transaction.tradedOn - ground.zeroth);
    noteFirstRate(ground, transaction);
    trackHolding(tracks, transaction, index);
    moveMoney(ground, transaction, index);
  }
  for (const track of tracks.values()) valueHolding(ground, track);
  valueCash(ground);
  return {
    from: period.from,
    opening: ground.values[0] ?? 0,
    values: ground.values.subarray(1),
    inflows: ground.inflows.subarray(1),
    outflows: ground.outflows.subarray(1),
    unpriced: [...ground.unpriced],
  };
}

interface Ground {
  readonly facts: PerformanceFacts;
  readonly zeroth: Day;
  readonly count: number;
  readonly values: Float64Array;
  readonly inflows: Float64Array;
  readonly outflows: Float64Array;
  /** Implied payments: what all transactions of a day did to cash, in base currency. */
  readonly netted: Float64Array;
  /** Changes of cash by day. */
  readonly cash: Map<CurrencyCode, Float64Array>;
  readonly rates: Map<CurrencyCode, Float64Array>;
  readonly firstRates: Map<CurrencyCode, number>;
  readonly unpriced: Set<string>;
  readonly scratch: Float64Array;
}

/** The rate a transaction itself was made at, for currencies whose market rates are not known. */
function noteFirstRate({ firstRates, facts }: Ground, transaction: Transaction): void {
  const { currency, baseRate } = transaction;
  if (baseRate !== undefined && !firstRates.has(currency)) firstRates.set(currency, toNumber(baseRate));
  if (transaction.type !== 'exchange' || transaction.counterAmount === 0n || firstRates.has(transaction.counterCurrency)) return;
  const own = currency === facts.baseCurrency ? 1 : firstRates.get(currency);
  if (own !== undefined) {
    firstRates.set(transaction.counterCurrency, (own * toNumber(transaction.amount)) / toNumber(transaction.counterAmount));
  }
}

function moveMoney(ground: Ground, transaction: Transaction, index: number): void {
  if (transaction.type === 'deposit' || transaction.type === 'withdrawal') {
    const amount = toNumber(transaction.amount) * rateAt(ground, transaction.currency, index);
    flow(ground, index, transaction.type === 'deposit' ? amount : -amount);
  }
  const effect = cashEffect(transaction);
  if (effect !== 0n) changeCash(ground, transaction.currency, { index, amount: toNumber(effect) });
  if (transaction.type === 'exchange') {
    changeCash(ground, transaction.counterCurrency, { index, amount: toNumber(transaction.counterAmount) });
  }
}

function changeCash(ground: Ground, currency: CurrencyCode, { index, amount }: { readonly index: number; readonly amount: number }): void {
  if (ground.facts.cashMode === 'implied') {
    ground.netted[index] = (ground.netted[index] ?? 0) + amount * rateAt(ground, currency, index);
    return;
  }
  const changes = ground.cash.get(currency) ?? new Float64Array(ground.count);
  ground.cash.set(currency, changes);
  changes[index] = (changes[index] ?? 0) + amount;
}

function flow(ground: Ground, index: number, amount: number): void {
  const side = amount >= 0 ? ground.inflows : ground.outflows;
  side[index] = (side[index] ?? 0) + Math.abs(amount);
}

function valueHolding(ground: Ground, track: HoldingTrack): void {
  const { values, count, scratch, zeroth, facts } = ground;
  const series = facts.prices.get(track.instrument);
  const known = series === undefined ? null : carryForward(series, zeroth, { count, into: scratch });
  const firstKnown = known?.firstKnown ?? count;
  const rates = ratesOf(ground, track.currency);
  const { atIndex, quantities, tradePrices, transferred } = track;
  for (let event = 0; event < atIndex.length; event += 1) {
    const start = atIndex[event] ?? 0;
    const end = atIndex[event + 1] ?? count;
    const tradePrice = tradePrices[event] ?? 0;
    const moved = transferred[event] ?? 0;
    if (moved !== 0) flow(ground, start, moved * (start < firstKnown ? tradePrice : (scratch[start] ?? 0)) * (rates?.[start] ?? 1));
    const quantity = quantities[event] ?? 0;
    if (quantity === 0) continue;
    const split = Math.min(end, Math.max(start, firstKnown));
    if (tradePrice === 0 && start < split) ground.unpriced.add(track.instrument);
    for (let index = start; index < split; index += 1) values[index] = (values[index] ?? 0) + quantity * tradePrice * (rates?.[index] ?? 1);
    if (rates === null) {
      for (let index = split; index < end; index += 1) values[index] = (values[index] ?? 0) + quantity * (scratch[index] ?? 0);
    } else {
      for (let index = split; index < end; index += 1) {
        values[index] = (values[index] ?? 0) + quantity * (scratch[index] ?? 0) * (rates[index] ?? 0);
      }
    }
  }
}

function valueCash(ground: Ground): void {
  const { values, netted, count, facts } = ground;
  for (const [currency, changes] of ground.cash) {
    const rates = ratesOf(ground, currency);
    let balance = 0;
    for (let index = 0; index < count; index += 1) {
      balance += changes[index] ?? 0;
      values[index] = (values[index] ?? 0) + balance * (rates?.[index] ?? 1);
    }
  }
  if (facts.cashMode === 'implied') netted.forEach((amount, index) => (amount === 0 ? undefined : flow(ground, index, -amount)));
}

function rateAt(ground: Ground, currency: CurrencyCode, index: number): number {
  return ratesOf(ground, currency)?.[index] ?? 1;
}

/** Rates of every day, null for the base currency itself. */
function ratesOf(ground: Ground, currency: CurrencyCode): Float64Array | null {
  const { facts, count, zeroth } = ground;
  if (currency === facts.baseCurrency) return null;
  const found = ground.rates.get(currency);
  if (found !== undefined) return found;
  const series = facts.rates.get(currency);
  const { closes, firstKnown } = carryForward(series ?? { days: new Int32Array(), closes: new Float64Array() }, zeroth, { count });
  const first = ground.firstRates.get(currency) ?? series?.closes[0];
  if (first === undefined) ground.unpriced.add(currency);
  closes.fill(first ?? 0, 0, firstKnown);
  ground.rates.set(currency, closes);
  return closes;
}
