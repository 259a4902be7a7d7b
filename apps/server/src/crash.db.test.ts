/** What was answered survives whatever is killed (I4), and what is asked again has one effect (I5). */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crashRound } from './testing/crash-round.ts';
import { startCrashingServer } from './testing/crashing-server.ts';
import type { CrashingServer } from './testing/crashing-server.ts';

/** Starts of a whole server take their time where many tests share few cores. */
const PATIENCE_MS = 180_000;

const folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
let server: CrashingServer;
beforeAll(async () => {
  server = await startCrashingServer(folder);
}, PATIENCE_MS);
afterAll(() => server.remove(), PATIENCE_MS);

test.each([
  ['killed while the first orders are placed', 'killed', 1],
  ['killed in full swing', 'killed', 60],
  ['left by its database', 'databaseStopped', 60],
] as const)(
  'I4, I5: a server that is %s loses no order that it answered, and doubles none that is sent again',
  async (_name, crashed, crashAfter) => {
    const tally = await crashRound({ server: server[crashed], token: server.token, clients: 12, portfolios: 3, crashAfter });
    expect(tally).toMatchObject({ lost: [], doubled: [] });
    expect(tally.answered).toBeGreaterThanOrEqual(crashAfter);
  },
  PATIENCE_MS,
);
