import { add, multiply, ONE, prorate, subtract, ZERO, type Decimal } from '../money/index.ts';
import type { Day } from '../time/index.ts';
import { holdingTerm, type HoldingTerm } from './holding-term.ts';
import { COST_PLACES, type Lot } from './lot.ts';

/** What one lot, or a part of it, gained when it was sold (or bought back, if it was short). */
export interface RealizedGain {
  readonly transactionId: string;
  readonly lotId: string;
  readonly acquiredOn: Day;
  readonly soldOn: Day;
  /** Negative for a short lot that was bought back; cost and proceeds are then negative too. */
  readonly quantity: Decimal;
  readonly cost: Decimal;
  /** Net of the sale's fees and taxes. */
  readonly proceeds: Decimal;
  readonly gain: Decimal;
  readonly baseCost: Decimal;
  readonly baseProceeds: Decimal;
  readonly baseGain: Decimal;
  /** Null under average cost, whose pool has no single day of acquisition. A short sale is always short-term. */
  readonly term: HoldingTerm | null;
}

/** The sale that consumed lots: how it is called, when it was and what all of it brought. */
export interface Disposal {
  readonly transactionId: string;
  readonly soldOn: Day;
  readonly proceeds: Decimal;
  readonly baseProceeds: Decimal;
  readonly pooled: boolean;
}

/** Shares the proceeds among the consumed lots by quantity; the last takes what rounding left, so nothing appears or is lost. */
export function realizedGains(consumed: readonly Lot[], disposal: Disposal): readonly RealizedGain[] {
  const [only] = consumed;
  if (only !== undefined && consumed.length === 1) return [gainOf(only, disposal.proceeds, disposal)];
  let whole = ZERO;
  for (const { quantity } of consumed) whole = add(whole, quantity);
  let left = disposal.proceeds;
  let baseLeft = disposal.baseProceeds;
  return consumed.map((lot, index) => {
    const last = index === consumed.length - 1;
    const share = { part: lot.quantity, whole };
    const proceeds = last ? left : prorate(disposal.proceeds, share, { places: COST_PLACES });
    const baseProceeds = last ? baseLeft : sameOr(disposal, proceeds, () => prorate(disposal.baseProceeds, share, { places: COST_PLACES }));
    left = subtract(left, proceeds);
    baseLeft = subtract(baseLeft, baseProceeds);
    return gainOf(lot, proceeds, { ...disposal, baseProceeds });
  });
}

/** An amount at the transaction's own rate to base currency; the amount itself where there is none. */
export function inBase(amount: Decimal, baseRate: Decimal | undefined): Decimal {
  return baseRate === undefined || baseRate === ONE ? amount : multiply(amount, baseRate);
}

function sameOr(disposal: Disposal, proceeds: Decimal, otherwise: () => Decimal): Decimal {
  return disposal.baseProceeds === disposal.proceeds ? proceeds : otherwise();
}

function gainOf(lot: Lot, proceeds: Decimal, disposal: Disposal): RealizedGain {
  return {
    transactionId: disposal.transactionId,
    lotId: lot.id,
    acquiredOn: lot.acquiredOn,
    soldOn: disposal.soldOn,
    quantity: lot.quantity,
    cost: lot.cost,
    proceeds,
    gain: subtract(proceeds, lot.cost),
    baseCost: lot.baseCost,
    baseProceeds: disposal.baseProceeds,
    baseGain: subtract(disposal.baseProceeds, lot.baseCost),
    term: disposal.pooled ? null : lot.quantity < 0n ? 'short' : holdingTerm(lot.acquiredOn, disposal.soldOn),
  };
}
