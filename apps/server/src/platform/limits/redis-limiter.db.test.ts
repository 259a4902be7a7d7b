import { afterAll, expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { passRedisTime } from '../../testing/pass-redis-time.ts';
import { testRedis } from '../../testing/test-database.ts';
import { connectRedis, type RedisConnection } from '../redis/index.ts';
import { limiterSuite } from './limiter-suite.ts';
import { createLimiter } from './limiter.ts';

const redis = testRedis();
const open: RedisConnection[] = [];
afterAll(async () => {
  for (const connection of open) await connection.close();
});

if (redis !== undefined) {
  let stores = 0;
  const shared = await connectRedis({ url: redis.url, prefix: redis.keyPrefix });
  open.push(shared);

  limiterSuite('Redis', async (rules, clock) => {
    stores += 1;
    const prefix = `${String(stores)}:`;
    const connection: RedisConnection = { ...shared, named: (name) => shared.named(prefix + name) };
    return {
      limiter: createLimiter({ rules, clock, redis: connection }),
      pass: async (milliseconds) => {
        clock.advance(milliseconds);
        await passRedisTime(connection, milliseconds);
      },
    };
  });

  test('every counter ends by itself', async () => {
    const rules = { burstPerMinute: 1, sessionPerMinute: 1, standardPerHour: 1, premiumPerHour: 1 };
    const connection: RedisConnection = { ...shared, named: (name) => shared.named(`ends:${name}`) };
    await createLimiter({ rules, clock: fixedClock(0), redis: connection }).decide({ ip: '192.0.2.1', caller: null, counts: true });
    const left = await connection.attempt((client) => client.pTTL(connection.named('rate:burst:192.0.2.1')));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
  });
}

test('without Redis each server counts for itself', async () => {
  const nowhere = await connectRedis({ url: 'redis://127.0.0.1:1', prefix: '' });
  open.push(nowhere);
  const rules = { burstPerMinute: 1, sessionPerMinute: 1, standardPerHour: 1, premiumPerHour: 1 };
  const { decide } = createLimiter({ rules, clock: fixedClock(0), redis: nowhere });
  const asker = { ip: '192.0.2.1', caller: null, counts: true };
  expect(await decide(asker)).toMatchObject({ allowed: true });
  expect(await decide(asker)).toMatchObject({ allowed: false });
});
