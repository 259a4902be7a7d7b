import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Job } from '../../platform/jobs/index.ts';
import { forgetPastProofs } from './past-proofs-store.ts';

export function securityJobs({ db, clock }: { readonly db: Db; readonly clock: Clock }): readonly Job[] {
  return [
    {
      name: 'forget-past-proofs',
      schedule: '37 * * * *',
      timeoutMs: 60_000,
      run: async () => void (await forgetPastProofs(db, clock.now())),
    },
  ];
}
