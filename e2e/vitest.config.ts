import { defineConfig } from 'vitest/config';

/** Journeys in a real browser against a real server. One at a time: they share a machine, and each starts what it needs. */
export default defineConfig({
  test: {
    include: ['journeys/**/*.test.ts'],
    globalSetup: ['stage/shared-server.ts'],
    fileParallelism: false,
    allowOnly: false,
    // A wait ends as soon as what it waits for is there: these are for machines that have other things to do.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 180_000,
  },
});
