import { afterAll, expect, test } from 'vitest';
import { breakableLine } from '../../testing/breakable-line.ts';
import { testRedis } from '../../testing/test-database.ts';
import { connectRedis, type RedisConnection } from '../redis/index.ts';
import { busSuite } from './bus-suite.ts';
import { createMemoryBus } from './memory-bus.ts';
import { openRedisBus } from './redis-bus.ts';
import { createSubscribers } from './subscribers.ts';

const redis = testRedis();
const open: RedisConnection[] = [];
afterAll(async () => {
  for (const connection of open) await connection.close();
});

if (redis !== undefined) {
  let runs = 0;
  busSuite('Redis', async (onError) => {
    runs += 1;
    const prefix = `${redis.keyPrefix}${String(runs)}:`;
    const line = await breakableLine(redis.url);
    const near = await connectRedis({ url: redis.url, prefix });
    const far = await connectRedis({ url: line.url, prefix });
    open.push(near, far);
    const beside = createMemoryBus({ onError });
    return {
      first: await openRedisBus({ redis: near, beside, onError }),
      second: await openRedisBus({ redis: far, beside, onError }),
      line,
    };
  });
}

test('without Redis events go over the other bus, each once, and the gaps of that bus are told', async () => {
  const nowhere = await connectRedis({ url: 'redis://127.0.0.1:1', prefix: '' });
  open.push(nowhere);
  const onError = (error: unknown) => {
    throw error;
  };
  const subscribers = createSubscribers(onError);
  const memory = createMemoryBus({ onError });
  const beside = { ...memory, onLost: subscribers.onLost };
  const [first, second] = [
    await openRedisBus({ redis: nowhere, beside, onError }),
    await openRedisBus({ redis: nowhere, beside, onError }),
  ];
  const heard: unknown[] = [];
  await first.subscribe('quotes', (payload) => heard.push(['first', payload]));
  const leave = await second.subscribe('quotes', (payload) => heard.push(['second', payload]));
  second.onLost(() => heard.push('gap'));
  expect(first.isConnected()).toBe(false);

  await first.publish('quotes', { price: 1 });
  expect(heard.splice(0)).toEqual([
    ['first', { price: 1 }],
    ['second', { price: 1 }],
  ]);
  subscribers.tellLost();
  expect(heard.splice(0)).toEqual(['gap']);

  leave();
  await first.publish('quotes', 2);
  expect(heard.splice(0)).toEqual([['first', 2]]);
  await second.close();
  await first.close();
  subscribers.tellLost();
  await memory.publish('relayed.quotes', { origin: 'elsewhere', payload: 3 });
  expect(heard).toEqual([]);
});
