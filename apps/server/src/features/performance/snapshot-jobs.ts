import type { Job } from '../../platform/jobs/index.ts';
import type { Logger } from '../../platform/observe/index.ts';
import type { PortfolioStates } from '../desk/index.ts';
import { findDuePortfolios } from '../snapshots/index.ts';
import { rollUp } from './roll-up.ts';
import type { RollUpNeeds } from './roll-up.ts';

const AT_ONCE = 500;

/**
 * Each portfolio's day ends at its own midnight, so every quarter of an hour those are looked for whose last day has no snapshot yet. A
 * day and portfolio is one row, so making it twice changes nothing; days that no server ran are made afterwards.
 */
export function snapshotJobs(
  needs: RollUpNeeds & { readonly states: PortfolioStates; readonly logger: Pick<Logger, 'error'> },
): readonly Job[] {
  return [
    {
      name: 'snapshots',
      schedule: '*/15 * * * *',
      timeoutMs: 14 * 60_000,
      run: async ({ signal }) => {
        const failed = new Set<string>();
        for (;;) {
          const due = await findDuePortfolios(needs.db, { at: new Date(needs.clock.now()), limit: AT_ONCE });
          const ids = due.filter((id) => !failed.has(id));
          if (ids.length === 0) return;
          for (const id of ids) {
            signal.throwIfAborted();
            if (!(await snapshot(needs, id))) failed.add(id);
          }
        }
      },
    },
  ];
}

/** One portfolio that cannot be made does not hold up the others. */
async function snapshot(
  needs: RollUpNeeds & { readonly states: PortfolioStates; readonly logger: Pick<Logger, 'error'> },
  id: string,
): Promise<boolean> {
  try {
    const state = await needs.states.current(id);
    if (state !== null) await rollUp(needs, state);
    return state !== null;
  } catch (error) {
    needs.logger.error({ err: error, portfolioId: id }, 'the snapshots of a portfolio could not be made');
    return false;
  }
}
