import { BusError, checkTopic, type Bus } from './bus.ts';
import { createSubscribers } from './subscribers.ts';

export type MemoryBusOptions = {
  /** Told of handlers that threw. */
  readonly onError: (error: unknown) => void;
};

/** A bus within this process, for quotes on a single server and for tests. Handlers run before `publish` resolves. */
export function createMemoryBus({ onError }: MemoryBusOptions): Bus {
  const subscribers = createSubscribers(onError);
  let closed = false;
  return {
    publish: async (topic, payload) => {
      checkTopic(topic);
      if (closed) throw new BusError('The bus is closed.');
      subscribers.deliver(topic, payload);
    },
    subscribe: async (topic, handler) => {
      checkTopic(topic);
      return subscribers.add(topic, handler);
    },
    onLost: subscribers.onLost,
    isConnected: () => !closed,
    close: async () => {
      closed = true;
      subscribers.clear();
    },
  };
}
