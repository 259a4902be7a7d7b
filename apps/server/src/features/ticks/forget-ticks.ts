import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Job } from '../../platform/jobs/index.ts';
import type { Logger } from '../../platform/observe/index.ts';
import { dropTicks } from './tick-retention-store.ts';

export interface ForgetTicksNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly logger: Pick<Logger, 'info'>;
  /** Null: ticks are kept for ever. */
  readonly retentionDays: number | null;
}

/** On the bus: days with ticks are fewer than before. */
export const TICKS_FORGOTTEN = 'ticks.forgotten';

const DAY_MS = 86_400_000;

/** Every night, where ticks are not kept for ever. */
export function forgetTicksJobs(needs: ForgetTicksNeeds): readonly Job[] {
  const { retentionDays } = needs;
  if (retentionDays === null) return [];
  return [{ name: 'forget-ticks', schedule: '23 3 * * *', timeoutMs: 600_000, run: () => forgetTicks(needs, retentionDays) }];
}

async function forgetTicks({ db, clock, bus, logger }: ForgetTicksNeeds, retentionDays: number): Promise<void> {
  const today = Math.floor(clock.now() / DAY_MS) * DAY_MS;
  const { partitions, until } = await transact(db, (tx) => dropTicks(tx, new Date(today - retentionDays * DAY_MS)));
  if (until === null) return;
  await bus.publish(TICKS_FORGOTTEN, {});
  logger.info({ partitions, until }, 'ticks that have served their time were forgotten');
}
