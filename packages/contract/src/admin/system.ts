import { Type } from 'typebox';
import type { Static } from 'typebox';
import { HealthReport } from '../operations/index.ts';
import { route } from '../route.ts';
import { Closed, Nullable, OneOf } from '../shapes.ts';

const Count = Type.Integer({ minimum: 0 });
const Seconds = Type.Number({ minimum: 0 });

export const SystemReport = Closed({
  version: Type.String(),
  nodeVersion: Type.String(),
  role: OneOf(['all', 'api', 'worker'] as const),
  production: Type.Boolean(),
  uptimeSeconds: Seconds,
  memory: Closed({ residentBytes: Count, heapBytes: Count }),
  eventLoopDelaySeconds: Closed({ median: Seconds, p99: Seconds, longest: Seconds }, { description: 'Since figures were last scraped.' }),
  database: Closed({
    version: Type.String(),
    byteCount: Count,
    connections: Closed({ used: Count, most: Count, ofThisServer: Count, waiting: Count }),
  }),
  redis: Nullable(OneOf(['ok', 'away'] as const, { description: 'Null where there is no Redis.' })),
  streamClients: Count,
  documentStorage: OneOf(['disk', 's3'] as const),
  checks: HealthReport.properties.checks,
});
export type SystemReport = Static<typeof SystemReport>;

export const getSystem = route({
  name: 'getSystem',
  method: 'GET',
  path: '/api/v1/admin/system',
  tag: 'Administration',
  summary: 'How the server that answers is doing, and what it stands on.',
  access: 'admin',
  scope: 'admin',
  answers: { 200: SystemReport },
  errors: [],
  example: {
    answer: {
      version: '0.1.0',
      nodeVersion: 'v20.19.0',
      role: 'all',
      production: true,
      uptimeSeconds: 86_400,
      memory: { residentBytes: 180_000_000, heapBytes: 90_000_000 },
      eventLoopDelaySeconds: { median: 0.0001, p99: 0.002, longest: 0.011 },
      database: { version: '18.0', byteCount: 52_000_000, connections: { used: 12, most: 100, ofThisServer: 8, waiting: 0 } },
      redis: null,
      streamClients: 3,
      documentStorage: 'disk',
      checks: [{ name: 'database', status: 'ok', durationMs: 1 }],
    },
  },
});
