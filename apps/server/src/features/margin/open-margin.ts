import type { Job } from '../../platform/jobs/index.ts';
import { watchMargins } from './watch-margins.ts';
import type { MarginNeeds } from './watch-margins.ts';

export type { MarginNeeds } from './watch-margins.ts';

export interface Margin {
  /** The look at every minute. */
  readonly jobs: readonly Job[];
}

export function openMargin(needs: MarginNeeds): Margin {
  return { jobs: [{ name: 'watch-margins', schedule: '* * * * *', timeoutMs: 50_000, run: () => watchMargins(needs) }] };
}
