/** Payments that are announced of what a portfolio ever held. */
import { formatDecimal } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import { couponsAhead } from '../bonds/index.ts';
import { loadDividendsAhead } from '../corporate-actions/index.ts';
import type { GatherNeeds, Gathered } from './gather-history.ts';
import type { DeclaredPayment } from './task-input.ts';

export type DeclaredPayments = Readonly<Record<string, readonly DeclaredPayment[]>>;

export async function gatherDeclared(
  { db, instruments }: GatherNeeds,
  { stored }: Gathered,
  span: { readonly today: Day; readonly until: Day },
): Promise<DeclaredPayments> {
  const { today } = span;
  const declared: Record<string, DeclaredPayment[]> = {};
  for (const [key, coupons] of await couponsAhead(db, stored.instrumentKeys, span)) {
    const currency = instruments.byKey(key)?.currency;
    if (currency !== undefined) declared[key] = coupons.map((coupon) => ({ ...coupon, currency }));
  }
  for (const { instrumentKey, exOn, payOn, amountPerShare, currency } of await loadDividendsAhead(db, stored.instrumentKeys, today)) {
    declared[instrumentKey] ??= [];
    declared[instrumentKey].push({ exOn, payOn, amountPerShare: formatDecimal(amountPerShare), currency });
  }
  return declared;
}

/** Dividends may be declared in a currency that nothing else of the portfolio is in. */
export function ratesOfPayments(
  { rates, clock }: GatherNeeds,
  { input }: Gathered,
  declared: DeclaredPayments,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { currency } of Object.values(declared).flat()) {
    const rate = rates.rate(currency, input.baseCurrency, clock.now());
    if (rate !== null) found[currency] = formatDecimal(rate);
  }
  return found;
}
