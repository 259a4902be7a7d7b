import { add, divideRounded, floorToStep, isZero, maximum, minimum, multiply, ONE, prorate, subtract, sum, ZERO } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';

/** Something that may be bought or sold to reach the targets. Money in base currency. */
export interface RebalanceHolding {
  readonly instrument: string;
  /** The target it counts under. */
  readonly key: string;
  readonly quantity: Decimal;
  /** What may be sold of it. */
  readonly free: Decimal;
  /** Of one unit; null where none is known: it counts at `value` and is not traded. */
  readonly price: Decimal | null;
  readonly value: Decimal;
}

export interface RebalanceRules {
  /** Fractions of the whole by key; their sum is at most one. Holdings of a key without a target stay as they are. */
  readonly targets: ReadonlyMap<string, Decimal>;
  /** The part of the whole that stays in cash, and how far below it purchases may go. */
  readonly cashTarget: Decimal;
  readonly cashBand: Decimal;
  /** The step of quantities: one for whole units. */
  readonly step: Decimal;
  /** Trades of less are not worth their trouble. */
  readonly minimumTrade: Decimal;
}

export interface ProposedTrade {
  readonly instrument: string;
  readonly key: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: Decimal;
  readonly value: Decimal;
}

export interface Rebalancing {
  readonly totalValue: Decimal;
  readonly trades: readonly ProposedTrade[];
  readonly cashAfter: Decimal;
  /** Targets above what is held that nothing can be bought for. */
  readonly unreachable: readonly string[];
}

interface Wish {
  readonly holding: RebalanceHolding;
  readonly price: Decimal;
  /** What is missing (above zero) or too much (below) in base currency. */
  readonly gap: Decimal;
}

/**
 * The trades that bring holdings to their targets, the largest first. What is above its target is sold first, then what is below is bought with the cash that
 * may be used; where that is not enough, every purchase gets the same share of its wish. Quantities are rounded down to the step, and the
 * remainders are spent unit by unit where the most is missing. Nothing is sold that is not free, and cash never falls below its band, or
 * not further where it was below already. Fees are not in it.
 */
export function rebalance(holdings: readonly RebalanceHolding[], cash: Decimal, rules: RebalanceRules): Rebalancing {
  const totalValue = add(cash, sum(holdings.map(({ value }) => value)));
  const wishes = wishesOf(holdings, totalValue, rules.targets);
  const sold = wishes.filter(({ gap }) => gap < 0n).flatMap((wish) => saleOf(wish, rules));
  const afterSales = add(cash, sum(sold.map(({ value }) => value)));
  const floor = maximum(ZERO, multiply(subtract(rules.cashTarget, rules.cashBand), totalValue));
  const spendable = maximum(ZERO, subtract(afterSales, floor));
  const bought = purchasesOf(
    wishes.filter(({ gap }) => gap > 0n),
    spendable,
    rules,
  );
  const reachable = new Set(holdings.filter(({ price }) => price !== null).map(({ key }) => key));
  return {
    totalValue,
    trades: [...sold.toSorted(byValue), ...bought.toSorted(byValue)],
    cashAfter: subtract(afterSales, sum(bought.map(({ value }) => value))),
    unreachable: [...rules.targets].filter(([key, weight]) => weight > 0n && !reachable.has(key)).map(([key]) => key),
  };
}

function byValue(one: ProposedTrade, other: ProposedTrade): number {
  return other.value > one.value ? 1 : other.value < one.value ? -1 : 0;
}

/** A key's gap is shared by value among what is held of it, and equally where nothing is. */
function wishesOf(holdings: readonly RebalanceHolding[], totalValue: Decimal, targets: ReadonlyMap<string, Decimal>): readonly Wish[] {
  const wishes: Wish[] = [];
  if (totalValue <= 0n) return wishes;
  for (const [key, weight] of targets) {
    const own = holdings.filter((holding) => holding.key === key);
    const value = sum(own.map((holding) => holding.value));
    const gap = subtract(multiply(weight, totalValue), value);
    const traded = own.flatMap((holding) => (holding.price === null || holding.price <= 0n ? [] : [{ holding, price: holding.price }]));
    const shared = sum(traded.map(({ holding }) => holding.value));
    for (const { holding, price } of traded) {
      const part = isZero(shared)
        ? divideRounded(gap, (BigInt(traded.length) * ONE) as Decimal, { places: 10 })
        : prorate(gap, { part: holding.value, whole: shared });
      wishes.push({ holding, price, gap: part });
    }
  }
  return wishes;
}

function saleOf({ holding, price, gap }: Wish, { step, minimumTrade }: RebalanceRules): readonly ProposedTrade[] {
  const quantity = minimum(quantityFor(subtract(ZERO, gap), price, step), floorToStep(holding.free, step));
  return tradeOf('sell', { holding, price, quantity }, minimumTrade);
}

/** Rounded down, so that it never costs more than there is. */
function quantityFor(value: Decimal, price: Decimal, step: Decimal): Decimal {
  return floorToStep(divideRounded(value, price, { places: 18, rounding: 'down' }), step);
}

function purchasesOf(wishes: readonly Wish[], spendable: Decimal, rules: RebalanceRules): readonly ProposedTrade[] {
  const { step, minimumTrade } = rules;
  const wished = sum(wishes.map(({ gap }) => gap));
  const quantities = new Map<Wish, Decimal>();
  for (const wish of wishes) {
    const means = wished <= spendable ? wish.gap : prorate(wish.gap, { part: spendable, whole: wished }, { places: 18, rounding: 'down' });
    quantities.set(wish, quantityFor(means, wish.price, step));
  }
  const spent = sum(wishes.map((wish) => costOf(quantities.get(wish) ?? ZERO, wish.price)));
  spendRemainders(wishes, quantities, { left: subtract(spendable, spent), step });
  return wishes.flatMap((wish) => tradeOf('buy', { ...wish, quantity: quantities.get(wish) ?? ZERO }, minimumTrade));
}

/** One step more for each, the largest remainder first, where it is nearer to the target than none and there is cash for it. */
function spendRemainders(
  wishes: readonly Wish[],
  quantities: Map<Wish, Decimal>,
  { left: first, step }: { readonly left: Decimal; readonly step: Decimal },
): void {
  let left = first;
  const missing = (wish: Wish) => subtract(wish.gap, costOf(quantities.get(wish) ?? ZERO, wish.price));
  const open = wishes.map((wish) => ({ wish, missing: missing(wish) })).sort((one, other) => (other.missing > one.missing ? 1 : -1));
  for (const { wish, missing: amount } of open) {
    const cost = costOf(step, wish.price);
    if (cost > left || add(amount, amount) < cost) continue;
    quantities.set(wish, add(quantities.get(wish) ?? ZERO, step));
    left = subtract(left, cost);
  }
}

function costOf(quantity: Decimal, price: Decimal): Decimal {
  return multiply(quantity, price, 'up');
}

function tradeOf(
  side: 'buy' | 'sell',
  { holding, price, quantity }: Pick<Wish, 'holding' | 'price'> & { readonly quantity: Decimal },
  minimumTrade: Decimal,
): readonly ProposedTrade[] {
  const value = side === 'buy' ? costOf(quantity, price) : multiply(quantity, price, 'down');
  if (quantity <= 0n || value <= 0n || value < minimumTrade) return [];
  return [{ instrument: holding.instrument, key: holding.key, side, quantity, value }];
}
