import {
  divide,
  floorToStep,
  maximum,
  minimum,
  multiply,
  multiplyRounded,
  negate,
  ONE,
  prorate,
  subtract,
  sum,
  ZERO,
  type Decimal,
} from '../money/index.ts';
import { receiveLot, type LotBook, type LotChange, type LotMove, type LotRefusal, type LotStep } from './lot-book.ts';
import { openLots, reprice, type OpenLot } from './lot-queue.ts';
import { COST_PLACES, type Lot } from './lot.ts';
import { realizedGains, type Disposal, type RealizedGain } from './realized-gain.ts';
import { takeLots } from './take-lots.ts';
import { disposed } from './trade-lots.ts';

/**
 * `newShares` for `oldShares`: every lot keeps its day and its whole cost. Long and short lots alike. When money was paid for the
 * fraction of a share that was left over, that fraction is sold; refused, without a split, when the holding comes out whole.
 */
export function splitLots(
  book: LotBook,
  split: { readonly newShares: Decimal; readonly oldShares: Decimal },
  paid?: LotStep,
): LotChange | LotRefusal {
  const ratio = { part: split.newShares, whole: split.oldShares };
  for (const asked of [ratio.part, ratio.whole]) if (asked <= 0n) return { code: 'quantity_not_positive', asked };
  const lots = openLots(book.queue);
  const quantities = lots.map(({ quantity }) => prorate(quantity, ratio));
  const quantity = sum(quantities);
  const fraction = subtract(quantity, floorToStep(quantity, ONE));
  if (paid !== undefined && quantity <= 0n) return { code: 'nothing_held' };
  if (paid !== undefined && fraction === 0n) return { code: 'no_fraction' };
  lots.forEach((lot, index) => {
    lot.quantity = quantities[index] ?? lot.quantity;
  });
  book.quantity = quantity;
  reprice(book.queue, (unitCost) => prorate(unitCost, { part: ratio.whole, whole: ratio.part }));
  if (paid === undefined) return { cost: ZERO, baseCost: ZERO, gains: [] };
  const sold = takeLots(book, fraction);
  return 'code' in sold ? sold : disposed(sold, disposalOf(book, paid));
}

/** Money the instrument pays back: each lot's share lowers its cost to zero at most; what is beyond is a gain of that lot. */
export function returnCapital(book: LotBook, paid: LotStep): LotChange | LotRefusal {
  if (book.quantity <= 0n) return { code: 'nothing_held' };
  const before: Costs = { cost: book.cost, baseCost: book.baseCost };
  const lots = openLots(book.queue);
  const amounts = shareOut(paid.amount, lots, COST_PLACES);
  const baseAmounts = shareOut(paid.baseAmount, lots, COST_PLACES);
  const gains: RealizedGain[] = [];
  lots.forEach((lot, index) => {
    const amount = amounts[index] ?? ZERO;
    const baseAmount = baseAmounts[index] ?? ZERO;
    const taken: Lot = {
      id: lot.id,
      acquiredOn: lot.acquiredOn,
      quantity: ZERO,
      cost: minimum(lot.cost, amount),
      baseCost: minimum(lot.baseCost, baseAmount),
    };
    lower(lot, taken);
    if (amount === taken.cost && baseAmount === taken.baseCost) return;
    gains.push(...realizedGains([taken], { ...disposalOf(book, paid), proceeds: amount, baseProceeds: baseAmount }));
  });
  const perShare = divide(paid.amount, book.quantity);
  reprice(book.queue, (unitCost) => maximum(ZERO, subtract(unitCost, perShare)));
  return { ...recount(book, lots, before), gains };
}

/** Each lot gives `costShare` (0 to 1) of its cost to a lot of the new instrument that keeps its day. `quantity` is received in all. */
export function spinOffLots(
  book: LotBook,
  target: LotBook,
  spinOff: { readonly id: string; readonly quantity: Decimal; readonly costShare: Decimal },
): LotMove | LotRefusal {
  if (book.quantity <= 0n) return { code: 'nothing_held' };
  if (spinOff.quantity <= 0n) return { code: 'quantity_not_positive', asked: spinOff.quantity };
  const before: Costs = { cost: book.cost, baseCost: book.baseCost };
  const lots = openLots(book.queue);
  const received = shareOut(spinOff.quantity, lots);
  lots.forEach((lot, index) => {
    const cost = multiplyRounded(lot.cost, spinOff.costShare, { places: COST_PLACES });
    const baseCost = lot.baseCost === lot.cost ? cost : multiplyRounded(lot.baseCost, spinOff.costShare, { places: COST_PLACES });
    lower(lot, { cost, baseCost });
    receiveLot(target, { id: `${spinOff.id}:${lot.id}`, acquiredOn: lot.acquiredOn, quantity: received[index] ?? ZERO, cost, baseCost });
  });
  const kept = subtract(ONE, spinOff.costShare);
  reprice(book.queue, (unitCost) => multiply(unitCost, kept));
  const change = recount(book, lots, before);
  return { ...change, newCost: negate(change.cost), newBaseCost: negate(change.baseCost), gains: [] };
}

/**
 * All lots become lots of the new instrument with their days; money paid beside lowers their cost first and is gain beyond it.
 * Without a target it is a sale of everything for the money.
 */
export function mergeLots(book: LotBook, target: LotBook | null, merger: LotStep & { readonly quantity: Decimal }): LotMove | LotRefusal {
  if (book.quantity <= 0n) return { code: 'nothing_held' };
  if (target === null) {
    const lots = takeLots(book, book.quantity);
    return 'code' in lots ? lots : { ...disposed(lots, disposalOf(book, merger)), newCost: ZERO, newBaseCost: ZERO };
  }
  if (merger.quantity <= 0n) return { code: 'quantity_not_positive', asked: merger.quantity };
  const before: Costs = { cost: book.cost, baseCost: book.baseCost };
  const returned = merger.amount === 0n ? null : returnCapital(book, merger);
  if (returned !== null && 'code' in returned) return returned;
  const passing: Costs = { cost: book.cost, baseCost: book.baseCost };
  const lots = takeLots(book, book.quantity);
  if ('code' in lots) return lots;
  const received = shareOut(merger.quantity, lots);
  lots.forEach((lot, index) => {
    receiveLot(target, { ...lot, id: `${merger.id}:${lot.id}`, quantity: received[index] ?? ZERO });
  });
  return {
    cost: negate(before.cost),
    baseCost: negate(before.baseCost),
    newCost: passing.cost,
    newBaseCost: passing.baseCost,
    gains: returned?.gains ?? [],
  };
}

type Costs = Pick<Lot, 'cost' | 'baseCost'>;

function lower(lot: OpenLot, taken: Costs): void {
  lot.cost = subtract(lot.cost, taken.cost);
  lot.baseCost = subtract(lot.baseCost, taken.baseCost);
}

function recount(book: LotBook, lots: readonly Costs[], before: Costs): Costs {
  book.cost = sum(lots.map(({ cost }) => cost));
  book.baseCost = sum(lots.map(({ baseCost }) => baseCost));
  return { cost: subtract(book.cost, before.cost), baseCost: subtract(book.baseCost, before.baseCost) };
}

/** A whole shared out by the lots' quantities; the last lot takes what rounding left. */
function shareOut(whole: Decimal, lots: readonly Pick<Lot, 'quantity'>[], places = 18): readonly Decimal[] {
  const total = sum(lots.map(({ quantity }) => quantity));
  let left = whole;
  return lots.map(({ quantity }, index) => {
    const share = index === lots.length - 1 ? left : prorate(whole, { part: quantity, whole: total }, { places });
    left = subtract(left, share);
    return share;
  });
}

function disposalOf(book: LotBook, step: LotStep): Disposal {
  return {
    transactionId: step.id,
    soldOn: step.on,
    proceeds: step.amount,
    baseProceeds: step.baseAmount,
    pooled: book.method === 'average',
  };
}
