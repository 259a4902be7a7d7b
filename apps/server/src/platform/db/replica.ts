/** A read replica, asked only where it has seen what the asker knows of. */
import type { Clock } from '../clock.ts';
import { openPools } from './pool.ts';
import type { Db } from './pool.ts';

export interface Replica {
  readonly url: string;
  /**
   * The replica, where it has this version of the portfolio or a later one. Null where it is behind or away: then the database itself is
   * read, so that nobody misses what they have just written.
   */
  upTo(portfolioId: string, version: number): Promise<Db | null>;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  readonly url: string;
  readonly size: number;
  /** As of the pools. */
  readonly prepared?: boolean;
  readonly statementTimeoutMs: number;
  readonly clock: Clock;
  /** Told once each time the replica goes away. */
  readonly onAway: (error: unknown) => void;
}

/** Each question to a replica that is away would cost its asker the time it takes to find that out. */
const REST_MS = 5_000;

export function openReplica({ url, size, prepared = true, statementTimeoutMs, clock, onAway }: ReplicaOptions): Replica {
  const pools = openPools({ url, size, prepared, statementTimeoutMs, applicationName: 'holdfast replica' });
  let restsUntil = 0;
  return {
    url,
    async upTo(portfolioId, version) {
      if (clock.now() < restsUntil) return null;
      try {
        const head = await pools.db
          .selectFrom('portfolio_heads')
          .select('portfolio_id')
          .where('portfolio_id', '=', portfolioId)
          .where('version', '>=', version)
          .executeTakeFirst();
        return head === undefined ? null : pools.db;
      } catch (error) {
        restsUntil = clock.now() + REST_MS;
        onAway(error);
        return null;
      }
    },
    close: pools.close,
  };
}
