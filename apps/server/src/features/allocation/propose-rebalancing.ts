/** What would have to be traded to reach the targets, at the prices of this moment. */
import type { AnswerOf } from '@holdfast/contract';
import type { getRebalancing } from '@holdfast/contract/allocation';
import {
  add,
  decimal,
  divide,
  formatDecimal,
  isZero,
  multiply,
  ONE,
  roundMoney,
  subtract,
  sum,
  toNumber,
  ZERO,
} from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { freeQuantity } from '@holdfast/engine/orders';
import { rebalance } from '@holdfast/engine/portfolio';
import type { ProposedTrade, RebalanceHolding } from '@holdfast/engine/portfolio';
import type { PortfolioState } from '../desk/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { allocationKey, CASH_KEY, valuePositions } from '../positions/index.ts';
import type { AllocationKey, Valuation, ValuationNeeds } from '../positions/index.ts';

export interface RebalancingAsked {
  readonly by: AllocationKey;
  readonly targets: ReadonlyMap<string, Decimal>;
  readonly whole: boolean;
  readonly minimumTrade: Decimal;
  readonly cashBand: Decimal;
}

/** Six decimals of a unit: what those who trade in parts of units agree on. */
const SMALLEST_PART = decimal('0.000001');

export function proposeRebalancing(needs: ValuationNeeds, state: PortfolioState, asked: RebalancingAsked): AnswerOf<typeof getRebalancing> {
  const valuation = valuePositions(needs, state);
  const holdings = [...heldOf(needs, state, { ...asked, valuation }), ...wantedOf(needs, state, { ...asked, valuation })];
  // What open orders hold back is neither spent nor sold twice.
  const cash = subtract(valuation.cashValue, state.account.reserved);
  const targets = new Map([...asked.targets].filter(([key]) => key !== CASH_KEY));
  const proposal = rebalance(holdings, cash, {
    targets,
    cashTarget: asked.targets.get(CASH_KEY) ?? ZERO,
    cashBand: asked.cashBand,
    step: asked.whole ? ONE : SMALLEST_PART,
    minimumTrade: asked.minimumTrade,
  });
  const { baseCurrency } = state.account;
  return {
    portfolioId: state.id,
    currency: baseCurrency,
    by: asked.by,
    totalValue: formatDecimal(roundMoney(proposal.totalValue, baseCurrency)),
    orders: proposal.trades.map((trade) => orderJson(needs, trade, baseCurrency)),
    items: itemsOf(holdings, { ...asked, trades: proposal.trades, cash, cashAfter: proposal.cashAfter, baseCurrency }),
    cashBefore: formatDecimal(roundMoney(cash, baseCurrency)),
    cashAfter: formatDecimal(roundMoney(proposal.cashAfter, baseCurrency)),
    unreachable: [...proposal.unreachable],
    unpriced: [...valuation.unpriced],
  };
}

type Spread = RebalancingAsked & { readonly valuation: Valuation };

function heldOf(needs: ValuationNeeds, state: PortfolioState, { by, valuation }: Spread): readonly RebalanceHolding[] {
  return valuation.positions.map(({ instrument, holding, exactBaseValue }) => ({
    instrument: String(instrument.key),
    key: allocationKey(instrument, by),
    quantity: holding.quantity,
    free: freeQuantity(holding),
    price: basePrice(needs, state, instrument),
    value: exactBaseValue,
  }));
}

/** Symbols that have a target and are not held yet. */
function wantedOf(needs: ValuationNeeds, state: PortfolioState, { by, targets, valuation }: Spread): readonly RebalanceHolding[] {
  if (by !== 'symbol') return [];
  const held = new Set(valuation.positions.map(({ instrument }) => instrument.key));
  return [...targets.keys()].flatMap((symbol) => {
    const instrument = symbol === CASH_KEY ? null : needs.instruments.resolve(symbol, state.userId);
    if (instrument === null || held.has(instrument.key)) return [];
    const price = basePrice(needs, state, instrument);
    return [{ instrument: String(instrument.key), key: symbolOf(instrument), quantity: ZERO, free: ZERO, price, value: ZERO }];
  });
}

/** Null without a price or rate, and for what is no longer traded. */
function basePrice(
  { quotes, rates, clock }: ValuationNeeds,
  { account }: PortfolioState,
  { key, currency, status }: Instrument,
): Decimal | null {
  const quote = quotes.quoteOf(key);
  const rate = currency === account.baseCurrency ? ONE : rates.rate(currency, account.baseCurrency, clock.now());
  return quote === null || rate === null || status !== 'active' ? null : multiply(quote.last, rate);
}

function orderJson({ instruments, quotes }: ValuationNeeds, trade: ProposedTrade, baseCurrency: string) {
  const key = Number(trade.instrument);
  const instrument = instruments.byKey(key);
  const quote = quotes.quoteOf(key);
  if (instrument === null || quote === null) throw new Error(`A trade was proposed of instrument ${key}, which has no price.`);
  return {
    symbol: symbolOf(instrument),
    name: instrument.name,
    key: trade.key,
    side: trade.side,
    quantity: formatDecimal(trade.quantity),
    price: formatDecimal(quote.last),
    currency: instrument.currency,
    value: formatDecimal(roundMoney(trade.value, baseCurrency)),
  };
}

interface Outcome {
  readonly targets: ReadonlyMap<string, Decimal>;
  readonly trades: readonly ProposedTrade[];
  readonly cash: Decimal;
  readonly cashAfter: Decimal;
  readonly baseCurrency: string;
}

function itemsOf(holdings: readonly RebalanceHolding[], { targets, trades, cash, cashAfter, baseCurrency }: Outcome) {
  const before = new Map<string, Decimal>();
  const after = new Map<string, Decimal>();
  const put = (sums: Map<string, Decimal>, key: string, value: Decimal) => sums.set(key, add(sums.get(key) ?? ZERO, value));
  for (const { key, value } of holdings) for (const sums of [before, after]) put(sums, key, value);
  for (const { key, side, value } of trades) put(after, key, side === 'buy' ? value : subtract(ZERO, value));
  put(before, CASH_KEY, cash);
  put(after, CASH_KEY, cashAfter);
  for (const key of targets.keys()) put(after, key, ZERO);
  const part = (sums: ReadonlyMap<string, Decimal>, key: string): number => {
    const whole = sum([...sums.values()]);
    return isZero(whole) ? 0 : toNumber(divide(sums.get(key) ?? ZERO, whole));
  };
  return [...after]
    .sort(([, one], [, other]) => (other > one ? 1 : other < one ? -1 : 0))
    .map(([key, value]) => {
      const target = targets.get(key);
      return {
        key,
        target: target === undefined ? null : formatDecimal(target),
        weightBefore: part(before, key),
        weightAfter: part(after, key),
        valueAfter: formatDecimal(roundMoney(value, baseCurrency)),
      };
    });
}
