import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Job } from '../../platform/jobs/index.ts';
import type { Logger } from '../../platform/observe/index.ts';
import { REPORTS_KEPT_MS } from '../reports/index.ts';
import { forgetPast } from './upkeep-store.ts';

const DAY_MS = 86_400_000;
/** Ended sessions stay in the list for their owner to see. */
const SESSIONS_KEPT_MS = 30 * DAY_MS;

export function upkeepJobs({
  db,
  clock,
  logger,
}: {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info'>;
}): readonly Job[] {
  return [
    {
      name: 'forget-past',
      schedule: '17 * * * *',
      timeoutMs: 60_000,
      run: async () => {
        const now = clock.now();
        const forgotten = await forgetPast(db, {
          before: new Date(now - DAY_MS),
          sessionsBefore: new Date(now - SESSIONS_KEPT_MS),
          reportsBefore: new Date(now - REPORTS_KEPT_MS),
        });
        logger.info(forgotten, 'forgot what has served its time');
      },
    },
  ];
}
