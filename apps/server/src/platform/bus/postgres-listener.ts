import pg from 'pg';
import { channelOf } from './notification.ts';

export type ListenerOptions = {
  readonly url: string;
  readonly onNotification: (channel: string, message: string) => void;
  /** Told when the connection is back after a break. */
  readonly onReturn: () => void;
  readonly onError: (error: unknown) => void;
  /** What is to be listened to, asked again after every break. */
  readonly topics: () => readonly string[];
};

export type Listener = {
  /** Resolves when the topic is heard; during a break at once, since the return listens to all topics. */
  readonly listen: (topic: string) => Promise<void>;
  readonly unlisten: (topic: string) => void;
  readonly isConnected: () => boolean;
  readonly close: () => Promise<void>;
};

const firstRetryMs = 50;
const lastRetryMs = 2_000;
/** A connection whose other end vanished without a word is found out by asking. */
const pulseEveryMs = 5_000;
const pulseTimeoutMs = 3_000;

/** A connection that is asked one statement after the other: topics come and go independently of each other and of the pulse. */
interface Line {
  readonly client: pg.Client;
  ask(statement: string): Promise<unknown>;
}

function lineOver(client: pg.Client): Line {
  let last: Promise<unknown> = Promise.resolve();
  return {
    client,
    ask(statement) {
      const answer = last.then(() => client.query(statement));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

function statementFor(word: 'listen' | 'unlisten', topic: string): string {
  return `${word} ${pg.escapeIdentifier(channelOf(topic))}`;
}

/** Until there is no topic left that came while the others were being listened to. */
async function listenToAll(line: Line, topics: () => readonly string[]): Promise<void> {
  const heard = new Set<string>();
  for (let missing = topics(); missing.length > 0; missing = topics().filter((topic) => !heard.has(topic))) {
    for (const topic of missing) {
      await line.ask(statementFor('listen', topic));
      heard.add(topic);
    }
  }
}

export async function openListener(options: ListenerOptions): Promise<Listener> {
  let line: Line | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const connect = async (): Promise<void> => {
    const next = lineOver(newClient(options.url));
    next.client.on('notification', ({ channel, payload }) => options.onNotification(channel, payload ?? ''));
    next.client.on('error', (error) => broken(next, error));
    next.client.on('end', () => broken(next, new Error('PostgreSQL closed the connection.')));
    try {
      await next.client.connect();
      await listenToAll(next, options.topics);
    } catch (error) {
      void next.client.end().catch(() => undefined);
      throw error;
    }
    if (closed) return void (await next.client.end());
    line = next;
    timer = setTimeout(pulse, pulseEveryMs).unref();
  };
  const broken = (which: Line, error: unknown): void => {
    if (which !== line || closed) return;
    line = null;
    clearTimeout(timer);
    options.onError(error);
    void which.client.end().catch(() => undefined);
    comeBack(firstRetryMs);
  };
  const comeBack = (waitMs: number): void => {
    timer = setTimeout(() => {
      connect().then(
        () => (closed ? undefined : options.onReturn()),
        () => (closed ? undefined : comeBack(Math.min(waitMs * 2, lastRetryMs))),
      );
    }, waitMs);
  };
  const pulse = (): void => {
    const asked = line;
    if (asked === null) return;
    asked.ask('select 1').then(
      () => (asked === line && !closed ? (timer = setTimeout(pulse, pulseEveryMs).unref()) : undefined),
      (error: unknown) => broken(asked, error),
    );
  };
  /** A break while asking is no failure: the return listens to every topic. */
  const ask = async (statement: string): Promise<void> => {
    const asked = line;
    await asked?.ask(statement).catch((error: unknown) => broken(asked, error));
  };

  await connect();
  return {
    listen: (topic) => ask(statementFor('listen', topic)),
    unlisten: (topic) => void ask(statementFor('unlisten', topic)),
    isConnected: () => line !== null,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await line?.client.end();
    },
  };
}

function newClient(url: string): pg.Client {
  return new pg.Client({
    connectionString: url,
    application_name: 'holdfast bus',
    connectionTimeoutMillis: 5_000,
    query_timeout: pulseTimeoutMs,
    keepAlive: true,
  });
}
