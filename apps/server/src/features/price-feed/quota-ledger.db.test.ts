import { afterAll, beforeAll } from 'vitest';
import { openPools } from '../../platform/db/pool.ts';
import type { DatabasePools } from '../../platform/db/pool.ts';
import { quotaLedgerSuite } from '../../providers/market-data/resilience/quota-ledger-suite.ts';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { createTestDatabase } from '../../testing/test-database.ts';
import type { TestDatabase } from '../../testing/test-database.ts';
import { storedQuotaLedger } from './provider-store.ts';

let database: TestDatabase;
let pools: DatabasePools;
beforeAll(async () => {
  database = await createTestDatabase();
  pools = openPools({ url: database.url, size: 10, statementTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pools.close();
  await database.drop();
});

quotaLedgerSuite('in the database, as several servers use it', () => {
  const clock = fixedClock('2026-01-05T14:30:00Z');
  return { clock, ledger: storedQuotaLedger({ db: pools.db, clock }) };
});
