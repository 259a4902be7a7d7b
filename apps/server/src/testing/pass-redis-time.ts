import type { RedisConnection } from '../platform/redis/index.ts';

/** Ages every key below the connection's prefix, since Redis has a clock of its own that no test can set. */
export async function passRedisTime(connection: RedisConnection, milliseconds: number): Promise<void> {
  await connection.attempt(async (client) => {
    for (const key of await client.keys(`${connection.named('')}*`)) {
      const left = await client.pTTL(key);
      if (left <= milliseconds) await client.del(key);
      else await client.pExpire(key, left - milliseconds);
    }
  });
}
