import { readFileSync } from 'node:fs';
import type { createClient } from '@redis/client';

export type RedisClient = ReturnType<ReturnType<typeof clientsOf>>;

/** What `attempt` answers when Redis did not. */
export const away = Symbol('Redis is away');

export type RedisConnection = {
  /** Runs commands. Answers `away` instead of failing while Redis is unreachable, too slow or broken: callers do without. */
  readonly attempt: <Result>(work: (client: RedisClient) => Promise<Result>) => Promise<Result | typeof away>;
  /** The full name of a key or channel. */
  readonly named: (name: string) => string;
  readonly isReady: () => boolean;
  /** A second connection of the same kind, for subscriptions; `onReady` is told each time it is there. */
  readonly duplicate: (onReady: () => void) => Promise<RedisClient>;
  readonly close: () => Promise<void>;
};

export type RedisOptions = {
  readonly url: string;
  /** Stands before every key and channel. */
  readonly prefix: string;
  /** Of addresses that begin with rediss: what the server's certificate is checked against, and whether it is. */
  readonly tls?: { readonly authorityFile: string | null; readonly verify: boolean };
  /** A command without an answer after this long counts as away; 500 when left out. Milliseconds. */
  readonly commandTimeoutMs?: number;
  /** Told once each time Redis goes away and when it is back. */
  readonly onChange?: (state: 'ready' | 'away', error?: Error) => void;
  /** Told of commands that Redis refused or that broke off. */
  readonly onError?: (error: unknown) => void;
};

const connectTimeoutMs = 2_000;
/** After a command timed out, Redis is not asked for this long: each question would cost its asker the whole timeout. */
const restAfterTimeoutMs = 1_000;

/**
 * Connects to Redis. Never fails: without Redis it answers as being away and goes on trying, after 50 ms, 100 ms, and so on up to 2 s.
 * Waits for the first connection, at most 2 s.
 */
export async function connectRedis(options: RedisOptions): Promise<RedisConnection> {
  const timeoutMs = options.commandTimeoutMs ?? 500;
  const clients: RedisClient[] = [];
  let wasReady = false;
  let restingUntil = 0;

  // Who has no Redis does not carry its client in memory.
  const library = await import('@redis/client');
  const newClient = clientsOf(library.createClient, options);
  const client = newClient();
  clients.push(client);
  client.on('error', (error: Error) => {
    if (wasReady) options.onChange?.('away', error);
    wasReady = false;
  });
  client.on('ready', () => {
    restingUntil = 0;
    if (!wasReady) options.onChange?.('ready');
    wasReady = true;
  });
  await firstConnection(client);
  if (!client.isReady) options.onChange?.('away', new Error('Redis does not answer.'));

  return {
    attempt: async (work) => {
      if (!client.isReady || performance.now() < restingUntil) return away;
      try {
        const outcome = await withinTime(work(client), timeoutMs);
        if (outcome === away) restingUntil = performance.now() + restAfterTimeoutMs;
        return outcome;
      } catch (error) {
        options.onError?.(error);
        return away;
      }
    },
    named: (name) => options.prefix + name,
    isReady: () => client.isReady && performance.now() >= restingUntil,
    duplicate: async (onReady) => {
      const other = newClient();
      clients.push(other);
      // What the first connection says of Redis is enough.
      other.on('error', () => undefined);
      other.on('ready', onReady);
      await firstConnection(other);
      return other;
    },
    close: async () => {
      for (const each of clients) if (each.isOpen) each.destroy();
    },
  };
}

function clientsOf(create: typeof createClient, { url, tls }: RedisOptions) {
  return () =>
    create({
      url,
      disableOfflineQueue: true,
      disableClientInfo: true,
      // Its greeting makes the client ready only once Redis itself has answered, not some balancer before it that takes every connection.
      RESP: 3,
      socket: {
        ...(url.startsWith('rediss:') ? tlsSocket(tls) : {}),
        connectTimeout: connectTimeoutMs,
        keepAlive: true,
        reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 2_000),
      },
    });
}

function tlsSocket(tls: RedisOptions['tls']) {
  const authority = tls?.authorityFile ?? null;
  return {
    tls: true as const,
    rejectUnauthorized: tls?.verify ?? true,
    ...(authority === null ? {} : { ca: readFileSync(authority) }),
  };
}

/** Waits until it is known whether Redis is there. The client goes on trying by itself. */
async function firstConnection(client: RedisClient): Promise<void> {
  const known = new Promise<void>((resolve) => {
    client.once('ready', () => resolve());
    client.once('error', () => resolve());
  });
  client.connect().catch(() => undefined);
  await withinTime(known, connectTimeoutMs);
}

async function withinTime<Result>(work: Promise<Result>, timeoutMs: number): Promise<Result | typeof away> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof away>((resolve) => {
    timer = setTimeout(() => resolve(away), timeoutMs);
  });
  // What fails after its time has nobody left to hear of it.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
