import { absolute, add, minimum, negate, prorate, subtract, ZERO, type Decimal } from '../money/index.ts';
import type { LotChoice } from '../ledger/index.ts';
import type { LotBook, LotRefusal } from './lot-book.ts';
import { nextLot, noteEmptied, type OpenLot } from './lot-queue.ts';
import { COST_PLACES, type Lot } from './lot.ts';

/**
 * Takes `quantity` (positive, also from a short book, and at most what is held) out of the lots the method or the owner chose.
 * A whole lot takes its exact cost along; a part takes its share rounded to 10 decimals and leaves the rest.
 */
export function takeLots(book: LotBook, quantity: Decimal, choices: readonly LotChoice[] = []): readonly Lot[] | LotRefusal {
  if (choices.length > 0) return takeChosen(book, quantity, choices);
  const taken: Lot[] = [];
  let left = quantity;
  while (left > 0n) {
    const lot = nextLot(book.queue);
    if (lot === undefined) return { code: 'insufficient_quantity', asked: quantity, held: book.quantity };
    const part = minimum(left, absolute(lot.quantity));
    taken.push(takeFrom(book, lot, part));
    left = subtract(left, part);
  }
  return taken;
}

function takeChosen(book: LotBook, quantity: Decimal, choices: readonly LotChoice[]): readonly Lot[] | LotRefusal {
  if (book.method !== 'specific') return { code: 'lots_not_selectable', method: book.method };
  const asked = new Map<string, Decimal>();
  let chosen = ZERO;
  for (const choice of choices) {
    if (choice.quantity <= 0n) return { code: 'quantity_not_positive', asked: choice.quantity };
    asked.set(choice.lotId, add(asked.get(choice.lotId) ?? ZERO, choice.quantity));
    chosen = add(chosen, choice.quantity);
  }
  if (chosen !== quantity) return { code: 'lots_do_not_sum', asked: quantity, chosen };
  const found: (readonly [OpenLot, Decimal])[] = [];
  for (const [lotId, part] of asked) {
    const lot = book.queue.byId.get(lotId);
    if (lot === undefined) return { code: 'unknown_lot', lotId };
    const held = absolute(lot.quantity);
    if (part > held) return { code: 'insufficient_lot', lotId, asked: part, held };
    found.push([lot, part]);
  }
  return found.map(([lot, part]) => takeFrom(book, lot, part));
}

function takeFrom(book: LotBook, lot: OpenLot, part: Decimal): Lot {
  const taken = partOf(lot, lot.quantity < 0n ? negate(part) : part);
  lot.quantity = subtract(lot.quantity, taken.quantity);
  lot.cost = subtract(lot.cost, taken.cost);
  lot.baseCost = subtract(lot.baseCost, taken.baseCost);
  book.quantity = subtract(book.quantity, taken.quantity);
  book.cost = subtract(book.cost, taken.cost);
  book.baseCost = subtract(book.baseCost, taken.baseCost);
  if (lot.quantity === 0n) noteEmptied(book.queue, lot);
  return taken;
}

function partOf(lot: OpenLot, quantity: Decimal): Lot {
  const { id, acquiredOn } = lot;
  if (quantity === lot.quantity) return { id, acquiredOn, quantity, cost: lot.cost, baseCost: lot.baseCost };
  const share = { part: quantity, whole: lot.quantity };
  const cost = prorate(lot.cost, share, { places: COST_PLACES });
  const baseCost = lot.baseCost === lot.cost ? cost : prorate(lot.baseCost, share, { places: COST_PLACES });
  return { id, acquiredOn, quantity, cost, baseCost };
}
