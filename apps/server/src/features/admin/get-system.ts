import type { SystemReport } from '@holdfast/contract/admin';
import type pg from 'pg';
import type { Db } from '../../platform/db/pool.ts';
import { readProcessFacts } from '../../platform/observe/index.ts';
import type { Health, Metrics } from '../../platform/observe/index.ts';
import { readDatabaseFacts } from './system-store.ts';

export interface SystemNeeds {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly health: Health;
  readonly metrics: Pick<Metrics, 'eventLoopDelay'>;
  readonly version: string;
  readonly role: SystemReport['role'];
  readonly production: boolean;
  readonly hasRedis: boolean;
  readonly documentStorage: SystemReport['documentStorage'];
  readonly streamClients: () => number;
}

export async function getSystem(needs: SystemNeeds): Promise<SystemReport> {
  const { db, pool, metrics } = needs;
  const [facts, health] = await Promise.all([readDatabaseFacts(db), needs.health.report('ready')]);
  const { nodeVersion, uptimeSeconds, residentBytes, heapBytes } = readProcessFacts();
  const delay = (fraction: number) => metrics.eventLoopDelay.quantile(fraction);
  const redis = health.checks.find(({ name }) => name === 'redis');
  return {
    version: needs.version,
    nodeVersion,
    role: needs.role,
    production: needs.production,
    uptimeSeconds,
    memory: { residentBytes, heapBytes },
    eventLoopDelaySeconds: { median: delay(0.5), p99: delay(0.99), longest: delay(1) },
    database: {
      version: facts.version,
      byteCount: facts.byteCount,
      connections: { used: facts.used, most: facts.most, ofThisServer: pool.totalCount, waiting: pool.waitingCount },
    },
    redis: needs.hasRedis ? (redis?.status === 'ok' ? 'ok' : 'away') : null,
    streamClients: needs.streamClients(),
    documentStorage: needs.documentStorage,
    checks: [...health.checks],
  };
}
