import { away, type RedisConnection } from '../redis/index.ts';

/** Keys whose deletion Redis did not hear of. Until it has, this process reads nothing from it. */
export type PendingDeletes = {
  readonly add: (key: string) => void;
  /** Deletes what is pending, then runs the work; answers `away` when the deletes still cannot be made. */
  readonly settled: <Result>(work: () => Promise<Result | typeof away>) => Promise<Result | typeof away>;
};

export type PendingDeletesOptions = {
  readonly redis: RedisConnection;
  /** Begins every key of every cache: more pending keys than are worth remembering are all deleted at once. */
  readonly keyPrefix: string;
  readonly mostRemembered?: number;
};

const keysPerCommand = 1_000;

export function createPendingDeletes({ redis, keyPrefix, mostRemembered = 100_000 }: PendingDeletesOptions): PendingDeletes {
  /** The figure tells a key that was added again while its deletion was under way. */
  const keys = new Map<string, number>();
  let added = 0;
  let everything = false;

  const settle = async (): Promise<boolean> => {
    if (everything) {
      if (!(await deleteAll(redis, keyPrefix))) return false;
      everything = false;
    }
    while (keys.size > 0) {
      const some = [...keys].slice(0, keysPerCommand);
      const done = await redis.attempt((client) => client.del(some.map(([key]) => key)));
      if (done === away) return false;
      for (const [key, addedAs] of some) if (keys.get(key) === addedAs) keys.delete(key);
    }
    return true;
  };

  return {
    add: (key) => {
      added += 1;
      if (!everything) keys.set(key, added);
      if (keys.size <= mostRemembered) return;
      keys.clear();
      everything = true;
    },
    settled: async (work) => {
      if ((everything || keys.size > 0) && !(await settle())) return away;
      return work();
    },
  };
}

async function deleteAll(redis: RedisConnection, keyPrefix: string): Promise<boolean> {
  let cursor = '0';
  do {
    const from = cursor;
    const match = `${keyPrefix.replaceAll(/[*?[\]\\]/g, '\\$&')}*`;
    const page = await redis.attempt((client) => client.scan(from, { MATCH: match, COUNT: keysPerCommand }));
    if (page === away) return false;
    if (page.keys.length > 0 && (await redis.attempt((client) => client.unlink(page.keys))) === away) return false;
    cursor = page.cursor;
  } while (cursor !== '0');
  return true;
}
