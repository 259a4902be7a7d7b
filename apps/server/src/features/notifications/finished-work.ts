/**
 * Tells users of work that has ended and of dividends on their way. What has ended stands in the database, so it is looked for there:
 * nobody who does the work has to think of it, and what a crash left untold is found the next time.
 */
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { dividendNotification, importNotification, reportNotification } from './finished-work-words.ts';
import { listComingDividends, listFinishedImports, listFinishedReports } from './finished-work-store.ts';
import type { NewNotification } from './notification.ts';
import type { Notifier } from './notifier.ts';

export interface FinishedWorkNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly notifier: Notifier;
}

const DAY_MS = 86_400_000;
const AT_ONCE = 200;

/** What ended within the last day. A user who wants none of it is looked at again until then, and told nothing. */
async function tellFinishedWork(needs: FinishedWorkNeeds): Promise<void> {
  const page = { since: new Date(needs.clock.now() - DAY_MS), limit: AT_ONCE };
  const imports = await listFinishedImports(needs.db, page);
  const reports = await listFinishedReports(needs.db, page);
  await tell(needs, [...imports.map(importNotification), ...reports.map(reportNotification)]);
}

/** Those whose ex day is today or was yesterday; a holder is told once. */
export async function tellDividends(needs: FinishedWorkNeeds): Promise<void> {
  const now = needs.clock.now();
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  const dividends = await listComingDividends(needs.db, { from: dayOf(now - DAY_MS), to: dayOf(now), limit: 10_000 });
  for (let from = 0; from < dividends.length; from += AT_ONCE)
    await tell(needs, dividends.slice(from, from + AT_ONCE).map(dividendNotification));
}

export interface FinishedWork {
  tell(): Promise<void>;
  /** Looks once more, in the background. */
  look(): void;
  /** Looks whenever an import or a report tells the stream something. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export function createFinishedWork(
  needs: FinishedWorkNeeds & { readonly bus: Bus; readonly factsAdded: string; readonly onError: (error: unknown) => void },
): FinishedWork {
  let running: Promise<void> | null = null;
  let again = false;
  let stop = (): void => undefined;
  const look = (): void => {
    if (running !== null) {
      again = true;
      return;
    }
    running = tellFinishedWork(needs)
      .catch(needs.onError)
      .finally(() => {
        running = null;
        if (!again) return;
        again = false;
        look();
      });
  };
  return {
    tell: () => tellFinishedWork(needs),
    look,
    async start() {
      stop = await needs.bus.subscribe(needs.factsAdded, (payload) => {
        const { channel } = payload as { readonly channel: string };
        if (channel.startsWith('imports:') || channel.startsWith('reports:')) look();
      });
    },
    async close() {
      stop();
      again = false;
      await running;
    },
  };
}

async function tell({ db, clock, notifier }: FinishedWorkNeeds, notifications: readonly NewNotification[]): Promise<void> {
  if (notifications.length === 0) return;
  await transact(db, (tx) => notifier.notify(tx, { at: clock.now(), notifications }));
}
