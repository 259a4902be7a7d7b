import { add, minimum, negate, prorate, subtract, ZERO, type Decimal } from '../money/index.ts';
import type { Day } from '../time/index.ts';
import { holdingTerm, type HoldingTerm } from './holding-term.ts';
import { COST_PLACES } from './lot.ts';
import type { RealizedGain } from './realized-gain.ts';

/** A purchase that can replace shares sold at a loss. Its quantity is in shares of the sale, splits between them worked in. */
export interface Acquisition {
  readonly lotId: string;
  readonly acquiredOn: Day;
  readonly quantity: Decimal;
}

/** A realized gain as the wash-sale rule sees it. Parts of one gain that carry different earlier additions are rows of their own. */
export interface WashedGain {
  readonly gain: RealizedGain;
  readonly quantity: Decimal;
  /** Cost with the disallowed losses that earlier wash sales moved into these shares. */
  readonly adjustedCost: Decimal;
  readonly proceeds: Decimal;
  /** The part of the loss that is not recognized now, zero or more. */
  readonly disallowedLoss: Decimal;
  /** `proceeds - adjustedCost + disallowedLoss`. */
  readonly recognizedGain: Decimal;
  readonly term: HoldingTerm | null;
}

/** A disallowed loss that now belongs to the cost of replacement shares that are still held, with the days they inherit. */
export interface CostAddition {
  readonly lotId: string;
  readonly quantity: Decimal;
  readonly amount: Decimal;
  readonly daysTacked: number;
}

const WINDOW_DAYS = 30;

/**
 * United States, Internal Revenue Code section 1091: a loss is disallowed as far as the same shares are acquired within 30 days before
 * or after the sale (and those acquired before are still held), each share replacing one; it is added to the replacement's cost, and
 * the replacement inherits the time the sold shares were held. Additions leave a lot with the first shares sold out of it.
 * Gains come in the order of their sales, as the lot book gave them; acquisitions in any order.
 */
export function washSales(
  gains: readonly RealizedGain[],
  acquisitions: readonly Acquisition[],
): { readonly gains: readonly WashedGain[]; readonly additions: readonly CostAddition[] } {
  const state = replacementsOf(acquisitions);
  const washed: WashedGain[] = [];
  for (let start = 0; start < gains.length;) {
    let end = start + 1;
    while (gains[end]?.transactionId === gains[start]?.transactionId) end += 1;
    const sale = gains.slice(start, end);
    // A share sold in this very sale replaces nothing, so the parts are split off before any loss looks for replacements.
    const parts = sale.flatMap((gain) => partsOf(gain, state));
    for (const part of parts) washed.push(wash(part, state));
    start = end;
  }
  return { gains: washed, additions: state.list.flatMap(({ additions }) => additions) };
}

interface Replacement {
  readonly lotId: string;
  readonly acquiredOn: Day;
  /** Shares that are still held, or not yet bought, at the sale being looked at. */
  unsold: Decimal;
  /** Of these, shares that already replace others. */
  matched: Decimal;
  additions: CostAddition[];
}

interface State {
  readonly list: readonly Replacement[];
  readonly byLot: ReadonlyMap<string, Replacement>;
}

interface Part {
  readonly gain: RealizedGain;
  readonly quantity: Decimal;
  readonly cost: Decimal;
  readonly proceeds: Decimal;
  readonly addition: Decimal;
  readonly daysTacked: number;
}

function replacementsOf(acquisitions: readonly Acquisition[]): State {
  const list = acquisitions
    .map(({ lotId, acquiredOn, quantity }): Replacement => ({ lotId, acquiredOn, unsold: quantity, matched: ZERO, additions: [] }))
    .sort((a, b) => a.acquiredOn - b.acquiredOn);
  return { list, byLot: new Map(list.map((replacement) => [replacement.lotId, replacement])) };
}

/** Cuts a gain where the additions of its lot end, and takes its shares out of those that can still replace others. */
function partsOf(gain: RealizedGain, state: State): readonly Part[] {
  const source = state.byLot.get(gain.lotId);
  const parts: Part[] = [];
  let left = { quantity: gain.quantity, cost: gain.cost, proceeds: gain.proceeds };
  const cut = (quantity: Decimal, carried: { readonly addition: Decimal; readonly daysTacked: number }): void => {
    const share = { part: quantity, whole: left.quantity };
    const whole = quantity === left.quantity;
    const cost = whole ? left.cost : prorate(left.cost, share, { places: COST_PLACES });
    const proceeds = whole ? left.proceeds : prorate(left.proceeds, share, { places: COST_PLACES });
    parts.push({ gain, quantity, cost, proceeds, ...carried });
    left = { quantity: subtract(left.quantity, quantity), cost: subtract(left.cost, cost), proceeds: subtract(left.proceeds, proceeds) };
  };
  while (source !== undefined && left.quantity > 0n) {
    const [addition] = source.additions;
    if (addition === undefined) break;
    const quantity = minimum(addition.quantity, left.quantity);
    const amount = prorate(addition.amount, { part: quantity, whole: addition.quantity }, { places: COST_PLACES });
    const rest = { ...addition, quantity: subtract(addition.quantity, quantity), amount: subtract(addition.amount, amount) };
    source.additions = rest.quantity === 0n ? source.additions.slice(1) : [rest, ...source.additions.slice(1)];
    source.matched = subtract(source.matched, quantity);
    cut(quantity, { addition: amount, daysTacked: addition.daysTacked });
  }
  if (left.quantity !== 0n || parts.length === 0) cut(left.quantity, { addition: ZERO, daysTacked: 0 });
  if (source !== undefined) source.unsold = subtract(source.unsold, gain.quantity);
  return parts;
}

function wash(part: Part, state: State): WashedGain {
  const { gain, quantity, proceeds } = part;
  const adjustedCost = add(part.cost, part.addition);
  const loss = subtract(adjustedCost, proceeds);
  const acquiredOn = gain.acquiredOn - part.daysTacked;
  let disallowedLoss = ZERO;
  if (loss > 0n && quantity > 0n) {
    let left = quantity;
    for (const replacement of withinWindow(state.list, gain.soldOn)) {
      const matched = minimum(left, subtract(replacement.unsold, replacement.matched));
      if (matched <= 0n) continue;
      left = subtract(left, matched);
      // What completes the match takes the rest, and no part more than is left: rounding must not disallow more than was lost.
      const lossLeft = subtract(loss, disallowedLoss);
      const share = prorate(loss, { part: matched, whole: quantity }, { places: COST_PLACES });
      const amount = left === 0n ? lossLeft : minimum(lossLeft, share);
      disallowedLoss = add(disallowedLoss, amount);
      replacement.matched = add(replacement.matched, matched);
      replacement.additions.push({ lotId: replacement.lotId, quantity: matched, amount, daysTacked: gain.soldOn - acquiredOn });
      if (left === 0n) break;
    }
  }
  return {
    gain,
    quantity,
    adjustedCost,
    proceeds,
    disallowedLoss,
    recognizedGain: add(negate(loss), disallowedLoss),
    term: gain.term === null || quantity < 0n ? gain.term : holdingTerm(acquiredOn, gain.soldOn),
  };
}

function withinWindow(list: readonly Replacement[], soldOn: Day): readonly Replacement[] {
  return list.slice(lowerBound(list, soldOn - WINDOW_DAYS), lowerBound(list, soldOn + WINDOW_DAYS + 1));
}

function lowerBound(list: readonly Replacement[], on: Day): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.acquiredOn ?? Infinity) < on) low = middle + 1;
    else high = middle;
  }
  return low;
}
