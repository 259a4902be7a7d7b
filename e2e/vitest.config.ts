import { defineConfig } from 'vitest/config';
import { SecondTries } from './stage/second-tries.ts';

const { CI, E2E_RESULTS } = process.env;
const isSet = (value: string | undefined): value is string => value !== undefined && value !== '' && value !== 'false';

/** Journeys in a real browser against a real server. One at a time: they share a machine, and each starts what it needs. */
export default defineConfig({
  test: {
    include: ['journeys/**/*.test.ts'],
    globalSetup: ['stage/shared-server.ts'],
    fileParallelism: false,
    allowOnly: false,
    // See docs/decisions/0033-a-second-try-in-ci.md. Elsewhere the first failure stands.
    retry: isSet(CI) ? 1 : 0,
    reporters: ['default', new SecondTries(), ...(isSet(E2E_RESULTS) ? (['json'] as const) : [])],
    ...(isSet(E2E_RESULTS) ? { outputFile: { json: E2E_RESULTS } } : {}),
    // A wait ends as soon as what it waits for is there: these are for machines that have other things to do.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 180_000,
  },
});
