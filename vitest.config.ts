import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Workspaces are tested as source: nothing has to be built first, and no stale build can pass. */
const conditions = ['source', 'module', 'node', 'development|production'];
/** Without `module`, which means files for bundlers: Node itself does not know it and could not run them all. */
const ofNode = conditions.filter((condition) => condition !== 'module');

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: ofNode, externalConditions: ['source', 'node'] } },
  test: {
    // No test is about time: these limits only end what hangs, on machines that have other work too.
    allowOnly: false,
    // The databases of a run are removed at its end, which takes its time where the machine has other work.
    teardownTimeout: 60_000,
    maxWorkers: Math.min(availableParallelism(), 4),
    // The files of a worker share its modules: importing the server anew for each of them took longer than testing it. What a test
    // changes for all, it puts back.
    isolate: false,
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'json-summary', 'html'],
      reportsDirectory: 'coverage',
      include: ['{packages,apps}/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/generated/**', 'apps/server/src/testing/**'],
      // One test that fails leaves the figure of the others.
      reportOnFailure: true,
      // What is counted on for money and for other people's data. A run of one test is not held against it: only `npm run coverage`.
      thresholds: { 'packages/engine/src/**': { lines: 85 }, 'apps/server/src/**': { lines: 85 } },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tools/**/*.test.ts', 'bench/src/**/*.test.ts', '{packages,apps}/*/{src,tools}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['apps/server/src/**/*.db.test.ts'],
          globalSetup: ['apps/server/src/testing/test-server.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
