import { afterAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { breakableLine } from '../../testing/breakable-line.ts';
import { passRedisTime } from '../../testing/pass-redis-time.ts';
import { testRedis } from '../../testing/test-database.ts';
import { away, connectRedis, type RedisConnection } from '../redis/index.ts';
import { cacheSuite } from './cache-suite.ts';
import { createRedisCaches } from './redis-cache.ts';

const redis = testRedis();

if (redis === undefined) test('without Redis there is nothing to try here', () => expect(redis).toBeUndefined());

if (redis !== undefined) {
  const open: RedisConnection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });
  let stores = 0;

  cacheSuite('Redis', async (clock) => {
    stores += 1;
    const prefix = `${redis.keyPrefix}${String(stores)}:`;
    const first = await connectRedis({ url: redis.url, prefix });
    const second = await connectRedis({ url: redis.url, prefix });
    open.push(first, second);
    return {
      first: createRedisCaches({ redis: first, clock }),
      second: createRedisCaches({ redis: second, clock }),
      pass: async (milliseconds) => {
        clock.advance(milliseconds);
        await passRedisTime(first, milliseconds);
      },
    };
  });

  describe('Redis goes away', () => {
    test('everything is loaded anew, and what was deleted meanwhile is not found when it is back', async () => {
      const line = await breakableLine(redis.url);
      const clock = fixedClock(0);
      const near = await connectRedis({ url: redis.url, prefix: `${redis.keyPrefix}away:` });
      const far = await connectRedis({ url: line.url, prefix: `${redis.keyPrefix}away:` });
      open.push(near, far);
      const cache = createRedisCaches({ redis: far, clock }).open<string>('names');
      const other = createRedisCaches({ redis: near, clock }).open<string>('names');
      await cache.set('a', 'old', 60_000);
      await cache.set('b', 'kept', 60_000);

      line.cut();
      await until(() => !far.isReady());
      expect(await far.attempt((client) => client.ping())).toBe(away);
      expect(await cache.get('a')).toBeUndefined();
      await cache.delete('a');
      const loads = await Promise.all([1, 2, 3].map(() => cache.getOrLoad('a', async () => 'new', { ttlMs: 60_000 })));
      expect(loads).toEqual(['new', 'new', 'new']);
      expect(await other.get('a')).toBe('old');

      line.mend();
      await until(() => far.isReady());
      expect(await cache.get('b')).toBe('kept');
      expect(await cache.get('a')).toBeUndefined();
      expect(await other.get('a')).toBeUndefined();
    });

    test('a server that was never there costs a start nothing but a moment', async () => {
      const states: string[] = [];
      const connection = await connectRedis({ url: 'redis://127.0.0.1:1', prefix: '', onChange: (state) => states.push(state) });
      open.push(connection);
      expect(states).toEqual(['away']);
      const cache = createRedisCaches({ redis: connection, clock: fixedClock(0) }).open<string>('names');
      expect(await cache.getOrLoad('a', async () => 'one', { ttlMs: 1 })).toBe('one');
    });
  });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}
