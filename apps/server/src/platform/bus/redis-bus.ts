import { randomUUID } from 'node:crypto';
import { away } from '../redis/index.ts';
import type { RedisClient, RedisConnection } from '../redis/index.ts';
import { BusError, checkTopic, type Bus } from './bus.ts';
import { createSubscribers } from './subscribers.ts';

export type RedisBusOptions = {
  readonly redis: RedisConnection;
  /** Carries what Redis cannot while it is away. */
  readonly beside: Bus;
  /** Told of handlers that threw and of subscriptions that failed. */
  readonly onError: (error: unknown) => void;
};

/** An event as it goes by way of the other bus. */
interface Relayed {
  readonly origin: string;
  readonly payload: unknown;
}

/**
 * A bus over Redis' publish and subscribe, for much traffic outside of transactions. This server's own subscribers are told directly.
 * What Redis does not take goes over the bus beside it; a server that alone has lost Redis is told of the gap when it is back.
 * An event whose way through Redis took too long may arrive twice.
 */
export async function openRedisBus({ redis, beside, onError }: RedisBusOptions): Promise<Bus> {
  const subscribers = createSubscribers(onError);
  const stops = new Set<() => void>();
  const origin = randomUUID();
  const prefix = redis.named('bus:');
  let opened = false;
  let closed = false;

  const listener = await redis.duplicate(() => {
    if (opened) void returned();
  });
  opened = true;

  const receive = (message: string, channel: string): void => {
    const space = message.indexOf(' ');
    if (message.slice(0, space) !== origin) subscribers.deliver(channel.slice(prefix.length), JSON.parse(message.slice(space + 1)));
  };
  const settle = createSettler({ listener, wanted: subscribers.has, channelOf: (topic) => prefix + topic, receive }, (error) => {
    if (!closed) onError(error);
  });
  const returned = async (): Promise<void> => {
    for (const topic of subscribers.topics()) await settle(topic);
    subscribers.tellLost();
  };
  return {
    publish: async (topic, payload) => {
      checkTopic(topic);
      if (closed) throw new BusError('The bus is closed.');
      subscribers.deliver(topic, payload);
      const message = `${origin} ${JSON.stringify(payload)}`;
      const sent = await redis.attempt((client) => client.publish(prefix + topic, message));
      if (sent === away) await beside.publish(relayedBy(topic), { origin, payload } satisfies Relayed);
    },
    subscribe: async (topic, handler) => {
      checkTopic(topic);
      const remove = subscribers.add(topic, handler);
      const leave = await beside.subscribe(relayedBy(topic), (event) => {
        const relayed = event as Relayed;
        if (relayed.origin !== origin) handler(relayed.payload);
      });
      await settle(topic);
      const stop = () => {
        stops.delete(stop);
        leave();
        remove();
        if (!closed && !subscribers.has(topic)) void settle(topic);
      };
      stops.add(stop);
      return stop;
    },
    onLost: (handler) => {
      const leaves = [subscribers.onLost(handler), beside.onLost(handler)];
      const stop = () => {
        stops.delete(stop);
        for (const leave of leaves) leave();
      };
      stops.add(stop);
      return stop;
    },
    isConnected: () => listener.isReady && redis.isReady(),
    close: async () => {
      closed = true;
      for (const stop of stops) stop();
      subscribers.clear();
      if (listener.isOpen) listener.destroy();
    },
  };
}

interface Subscriptions {
  readonly listener: RedisClient;
  readonly wanted: (topic: string) => boolean;
  readonly channelOf: (topic: string) => string;
  readonly receive: (message: string, channel: string) => void;
}

/** Brings Redis' subscription of a topic to what is wanted, one change at a time: the client loses one that is asked for while it is being left. */
function createSettler({ listener, wanted, channelOf, receive }: Subscriptions, onError: (error: unknown) => void) {
  let changes = Promise.resolve();
  return (topic: string): Promise<void> => {
    changes = changes
      .then(async () => {
        // A break is no failure: the return settles every topic.
        if (!listener.isReady) return;
        if (wanted(topic)) await listener.subscribe(channelOf(topic), receive);
        else await listener.unsubscribe(channelOf(topic), receive);
      })
      .catch(onError);
    return changes;
  };
}

function relayedBy(topic: string): string {
  return `relayed.${topic}`;
}
