import { accruedInterest } from '@holdfast/engine/instruments';
import type { Decimal } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';
import type { Db } from '../../platform/db/pool.ts';
import { findBondTerms } from './bond-store.ts';

/** Accrued interest of one unit on a day, by instrument key, of those that have terms. */
export async function accruedOf(db: Db, instrumentKeys: readonly number[], on: Day): Promise<ReadonlyMap<number, Decimal>> {
  const terms = await findBondTerms(db, instrumentKeys);
  return new Map([...terms].map(([key, of]) => [key, accruedInterest(of, on)]));
}
