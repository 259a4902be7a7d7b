import { expect, test } from 'vitest';
import { busSuite } from './bus-suite.ts';
import { createMemoryBus } from './memory-bus.ts';

busSuite('in process', async (onError) => {
  const bus = createMemoryBus({ onError });
  return { first: bus, second: bus, line: null };
});

test('a closed bus says so', async () => {
  const bus = createMemoryBus({ onError: () => undefined });
  await bus.close();
  expect(bus.isConnected()).toBe(false);
  await expect(bus.publish('orders', 1)).rejects.toThrow('closed');
});
