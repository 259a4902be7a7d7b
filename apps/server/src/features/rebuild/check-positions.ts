/** Holds stored positions, lots included, against those that the facts give. */
import type { Lot } from '@holdfast/engine/lots';
import { decimal, formatDecimal, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { differIf, plain } from './difference.ts';
import type { Differ } from './difference.ts';
import type { RebuiltHolding } from './epoch-book.ts';
import type { StoredPosition } from './rebuild-store.ts';

export interface RebuiltPosition {
  /** "position AAPL". */
  readonly name: string;
  readonly holding: RebuiltHolding;
  readonly reserved: Decimal;
}

/** `stored` is undefined where no row is kept: that is right for what was never held. */
export function checkPosition(stored: StoredPosition | undefined, { name, holding, reserved }: RebuiltPosition, differ: Differ): void {
  const figures = [
    ['quantity', stored?.quantity, holding.quantity],
    ['reserved quantity', stored?.reserved_quantity, reserved],
    ['cost basis', stored?.cost_basis, holding.costBasis],
    ['cost basis in base currency', stored?.base_cost_basis, holding.baseCost],
    ['realized gain', stored?.realized_gain, holding.realizedGain],
    ['transferred out in base currency', stored?.base_transferred_out, holding.baseTransferredOut],
  ] as const;
  for (const [figure, was, is] of figures) differIf(differ, `${name}: ${figure}`, [was ?? '0', is]);
  const was = (stored?.lots ?? []).map(([id, day, ...rest]) => [id, day, ...rest.map(plain)].join(' '));
  const is = holding.lots.map(lotText);
  for (let at = 0; at < Math.max(was.length, is.length); at += 1)
    if (was[at] !== is[at]) differ(`${name}: lot ${at + 1}`, was[at] ?? 'none', is[at] ?? 'none');
}

/** Id, day, quantity, cost, cost in base currency, and what orders it under highest cost first: as positions keep it. */
function lotText({ id, acquiredOn, quantity, cost, baseCost, unitCost }: Lot): string {
  return [id, acquiredOn, ...[quantity, cost, baseCost, ...(unitCost === undefined ? [] : [unitCost])].map(formatDecimal)].join(' ');
}

/** Cash by currency; zero and nothing are the same. */
export function checkCash(stored: ReadonlyMap<string, string>, rebuilt: ReadonlyMap<string, Decimal>, differ: Differ): void {
  for (const currency of new Set([...stored.keys(), ...rebuilt.keys()])) {
    const [was, is] = [decimal(stored.get(currency) ?? '0'), rebuilt.get(currency) ?? ZERO];
    if (was !== is) differ(`cash ${currency}`, formatDecimal(was), formatDecimal(is));
  }
}
