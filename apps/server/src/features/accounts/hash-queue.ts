import { AppError } from '../../platform/http/index.ts';

/** Lets a few computations run at once and a bounded number wait. */
export interface HashQueue {
  /** Runs `work` when a place is free. Rejects with `unavailable` when too many wait already. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** A password takes 19 MiB and tens of milliseconds of a core: without a limit, a crowd at the login stops everything else. */
export function createHashQueue(limits: { readonly atOnce: number; readonly waiting: number }): HashQueue {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    run: async (work) => {
      if (running >= limits.atOnce) {
        if (waiting.length >= limits.waiting) {
          throw new AppError('unavailable', 'Too many people sign in at this moment. Try again in a few seconds.', {
            retryAfterSeconds: 3,
          });
        }
        // Whoever leaves hands its place on, so `running` stays as it is.
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
