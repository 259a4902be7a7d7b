import type pg from 'pg';
import { BusError, checkTopic, type Bus } from './bus.ts';
import { openListener } from './postgres-listener.ts';
import { notificationOf, readNotification } from './notification.ts';
import { createSubscribers } from './subscribers.ts';

export type PostgresBusOptions = {
  /** A direct connection: LISTEN does not work through a pooler in transaction mode. */
  readonly directUrl: string;
  /** Publishes. */
  readonly pool: pg.Pool;
  /** Told of handlers that threw and of breaks in the connection. */
  readonly onError: (error: unknown) => void;
};

/**
 * A bus over LISTEN and NOTIFY. It listens on a connection of its own, which comes back by itself within 2 s of
 * PostgreSQL's return; then `onLost` is told. Waits for the first connection and throws when there is none.
 */
export async function openPostgresBus({ directUrl, pool, onError }: PostgresBusOptions): Promise<Bus> {
  const subscribers = createSubscribers(onError);
  const listener = await openListener({
    url: directUrl,
    onNotification: (channel, message) => {
      const read = readNotification(channel, message);
      if (read !== null) subscribers.deliver(read.topic, read.payload);
    },
    onReturn: subscribers.tellLost,
    onError,
    topics: subscribers.topics,
  });
  return {
    publish: async (topic, payload) => {
      const { channel, message } = notificationOf(topic, payload);
      try {
        await pool.query('select pg_notify($1, $2)', [channel, message]);
      } catch (error) {
        throw new BusError(`An event of ${topic} could not be published.`, { cause: error });
      }
    },
    subscribe: async (topic, handler) => {
      checkTopic(topic);
      const remove = subscribers.add(topic, handler);
      await listener.listen(topic);
      return () => {
        remove();
        if (!subscribers.has(topic)) listener.unlisten(topic);
      };
    },
    onLost: subscribers.onLost,
    isConnected: listener.isConnected,
    close: async () => {
      subscribers.clear();
      await listener.close();
    },
  };
}
