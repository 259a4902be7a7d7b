/**
 * Which connections a piece of work holds, so that what runs on them can be stopped once nobody waits for it any more. Only queries
 * through Kysely count: the desk's batches are the work of many at once and end by the statement's own time limit.
 */
import { connect } from 'node:net';
import type pg from 'pg';
import { createAsyncContext } from './async-context.ts';

export interface QueryScope {
  /** Runs the work; what it holds of the pool until `end` is known. */
  run<Result>(work: () => Result): Result;
  /** Has PostgreSQL stop what runs on the connections held now. False when the work has ended; else it may go on to ask more. */
  cancel(): boolean;
  end(): void;
}

interface Holder {
  readonly clients: Set<pg.PoolClient>;
  ended: boolean;
  canceled: boolean;
}

const current = createAsyncContext<Holder>();

export function openQueryScope(): QueryScope {
  const holder: Holder = { clients: new Set(), ended: false, canceled: false };
  return {
    run: (work) => current.run(holder, work),
    cancel() {
      holder.canceled = true;
      for (const client of holder.clients) requestCancel(client);
      return !holder.ended;
    },
    end() {
      holder.ended = true;
    },
  };
}

/** The pool as Kysely sees it: what it lends is noted in the scope of whoever asks. */
export function scopedPool(pool: pg.Pool): { connect(): Promise<pg.PoolClient>; end(): Promise<void> } {
  return {
    async connect() {
      const holder = current.get();
      const client = await pool.connect();
      if (holder === undefined || holder.ended) return client;
      const release = client.release;
      holder.clients.add(client);
      client.release = (error) => {
        holder.clients.delete(client);
        // A late cancellation would hit the next one who borrows the connection.
        release(holder.canceled ? true : error);
      };
      return client;
    },
    end: () => pool.end(),
  };
}

/** The code of a CancelRequest (PostgreSQL's documentation, "Message Formats"). */
const CANCEL_REQUEST = 80_877_102;

/** On a connection of its own, as the protocol has it; it needs no sign-in and no TLS, and gets no answer. */
function requestCancel(client: pg.PoolClient): void {
  const { host, port, processID, secretKey } = client as pg.PoolClient & { processID: number | null; secretKey: number | null };
  if (processID === null || secretKey === null) return;
  const packet = Buffer.alloc(16);
  for (const [at, value] of [16, CANCEL_REQUEST, processID, secretKey].entries()) packet.writeInt32BE(value, at * 4);
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  // Where it does not come through, the statement's own time limit ends it.
  socket.on('error', () => undefined);
  socket.end(packet);
}
