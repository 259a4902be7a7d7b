import type { Job } from '../../platform/jobs/index.ts';

export interface FeedWork {
  /** Fetches the prices that are due. */
  readonly fetchPrices: () => Promise<unknown>;
  readonly fetchExchangeRates: () => Promise<unknown>;
  readonly backfillHistory: (signal: AbortSignal) => Promise<unknown>;
  readonly forgetSkips: () => Promise<unknown>;
  readonly intervalMs: number;
}

const MINUTE_MS = 60_000;

/** The scheduled work of fetching. A period has its effect once however many servers there are, and once more changes nothing. */
export function priceFeedJobs({ fetchPrices, fetchExchangeRates, backfillHistory, forgetSkips, intervalMs }: FeedWork): readonly Job[] {
  const minutes = Math.max(1, Math.round(intervalMs / MINUTE_MS));
  return [
    {
      name: 'fetch-prices',
      // Every minute, of which those count that end an interval: not every interval can be written as a crontab.
      schedule: '* * * * *',
      timeoutMs: Math.max(MINUTE_MS, intervalMs),
      // The next period comes soon enough.
      maxAttempts: 1,
      run: async ({ scheduledAt }) => {
        if (scheduledAt === null || Math.floor(scheduledAt / MINUTE_MS) % minutes === 0) await fetchPrices();
      },
    },
    {
      name: 'fetch-exchange-rates',
      schedule: '23 * * * *',
      timeoutMs: 5 * MINUTE_MS,
      maxAttempts: 3,
      run: async () => void (await fetchExchangeRates()),
    },
    {
      name: 'backfill-history',
      schedule: '*/10 * * * *',
      timeoutMs: 9 * MINUTE_MS,
      maxAttempts: 1,
      run: async ({ signal }) => void (await backfillHistory(signal)),
    },
    {
      name: 'forget-skips',
      schedule: '41 3 * * *',
      timeoutMs: MINUTE_MS,
      run: async () => void (await forgetSkips()),
    },
  ];
}
