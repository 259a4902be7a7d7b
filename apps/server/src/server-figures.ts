/** Figures of this process that belong to no single feature, for /metrics. */
import type { Platform } from './app.ts';

type Watched = Pick<Platform, 'metrics' | 'pool'>;

/** Sizes from a lone order to what arrives while a slow disk writes. */
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] as const;
const COMMIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

/** Told of each batch of the order desk. */
export function batchObserver({ metrics }: Watched): (size: number, seconds: number) => void {
  const sizes = metrics.histogram({ name: 'desk_batch_commands', help: 'Commands of a batch of the order desk.', bounds: BATCH_SIZES });
  const seconds = metrics.histogram({
    name: 'desk_batch_seconds',
    help: 'Seconds from the start of a batch\u2019s statement to its commit.',
    bounds: COMMIT_SECONDS,
  });
  return (size, took) => {
    sizes.observe(size);
    seconds.observe(took);
  };
}

/** Connections of requests to the database, who waits for one, and sockets of the stream. */
export function serverFigures({ metrics, pool }: Watched, stream: { readonly size: number }): void {
  metrics.gauge({
    name: 'database_connections',
    help: 'Connections to the database by state; waiting counts requests that have none yet.',
    labels: ['state'],
    collect: () => [
      { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
      { labels: { state: 'idle' }, value: pool.idleCount },
      { labels: { state: 'waiting' }, value: pool.waitingCount },
    ],
  });
  metrics.gauge({ name: 'stream_clients', help: 'Open sockets of the stream.', collect: () => stream.size });
}
