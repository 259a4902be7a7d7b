import { dayOfInstant } from '@holdfast/engine/time';
import type { Tx } from '../../platform/db/transact.ts';
import { offsetMinutes } from '../../platform/time-zone.ts';
import { findLotTimes, findStoredLots, saveStoredLots } from './portfolio-store.ts';

/** Lots keep the day on which they were acquired, in the portfolio's time zone: in another zone some days are others. */
export async function redateLots(tx: Tx, portfolio: { readonly id: string; readonly timeZone: string }): Promise<void> {
  const positions = await findStoredLots(tx, portfolio.id);
  const ids = positions.flatMap(({ lots }) => lots.map(([id]) => id));
  const times = await findLotTimes(tx, portfolio.id, ids);
  for (const { epoch, instrumentKey, lots } of positions) {
    const redated = lots.map(([id, acquiredOn, ...figures]) => {
      const at = times.get(id);
      const day = at === undefined ? acquiredOn : dayOfInstant(at, offsetMinutes(portfolio.timeZone, at));
      return [id, day, ...figures] as const;
    });
    await saveStoredLots(tx, { portfolioId: portfolio.id, epoch, instrumentKey, lots: redated });
  }
}
