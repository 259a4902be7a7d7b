import { couponAmount, couponDays } from '@holdfast/engine/instruments';
import { formatDecimal } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import type { Db } from '../../platform/db/pool.ts';
import { findBondTerms } from './bond-store.ts';

export interface CouponAhead {
  readonly exOn: Day;
  readonly payOn: Day;
  readonly amountPerShare: string;
}

/** Coupons of these instruments after `today` and up to `until`, by instrument key. */
export async function couponsAhead(
  db: Db,
  instrumentKeys: readonly number[],
  { today, until }: { readonly today: Day; readonly until: Day },
): Promise<ReadonlyMap<number, readonly CouponAhead[]>> {
  const found = new Map<number, readonly CouponAhead[]>();
  for (const [key, terms] of await findBondTerms(db, instrumentKeys)) {
    const amountPerShare = formatDecimal(couponAmount(terms));
    const days = couponDays(terms, { after: today, until });
    if (days.length > 0)
      found.set(
        key,
        days.map((day) => ({ exOn: day, payOn: day, amountPerShare })),
      );
  }
  return found;
}
