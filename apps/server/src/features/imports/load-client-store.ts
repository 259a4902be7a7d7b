/** The database session of one load: statements and binary COPY, one after the other, on a connection of its own. */
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { publishWithin } from '../../platform/bus/index.ts';

export interface LoadClient {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Publishes on the bus when the transaction commits. */
  notify(topic: string, payload: unknown): Promise<void>;
  /** Opens a COPY … FROM STDIN. Nothing else may be asked until it has ended. */
  copy(text: string): Copy;
  close(): Promise<void>;
}

export interface Copy {
  /** Resolves when the connection has taken the bytes. */
  write(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

export interface DatabaseAddress {
  /** Past a connection pooler. */
  readonly url: string;
  readonly ssl?: pg.ConnectionConfig['ssl'];
}

/** A load takes as long as its file is big, so no statement of it has a time limit. */
export async function openLoadClient({ url, ssl }: DatabaseAddress): Promise<LoadClient> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'holdfast import',
    connectionTimeoutMillis: 5_000,
    ...(ssl === undefined ? {} : { ssl }),
  });
  // A lost connection is told by the statement under way; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return {
    query: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
    notify: (topic, payload) => publishWithin(client, topic, payload),
    copy: (text) => copyInto(client, text),
    close: () => client.end(),
  };
}

const BUFFERED_BYTES = 1_048_576;

function copyInto(client: pg.Client, text: string): Copy {
  const stream = client.query(copyFrom(text, { highWaterMark: BUFFERED_BYTES }));
  let failure: Error | null = null;
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', (error: Error) => {
      failure = error;
      reject(error);
    });
  });
  // Whoever writes or ends is told; the promise itself may have no listener when the error comes.
  ended.catch(() => undefined);
  return {
    async write(bytes) {
      if (failure !== null) throw failure;
      if (!stream.write(bytes)) await Promise.race([new Promise<void>((resolve) => stream.once('drain', resolve)), ended]);
    },
    async end() {
      if (failure !== null) throw failure;
      stream.end();
      await ended;
    },
  };
}
