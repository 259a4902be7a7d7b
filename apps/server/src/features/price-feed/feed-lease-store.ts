/** The right to write the prices of feeds, which one server has at a time: a lock of the database that goes with its connection. */
import pg from 'pg';

export interface FeedLease {
  /** Whether this server has it now; tries to get it where it has not. */
  hold(): Promise<boolean>;
  readonly isHeld: boolean;
  close(): Promise<void>;
}

export interface LeaseNeeds {
  /** Past any pooler: the lock belongs to the connection. */
  readonly connection: pg.ClientConfig;
  readonly onLost: () => void;
}

/** Any number that nobody else locks. */
const LEASE = 7_291_446;

export function createFeedLease({ connection, onLost }: LeaseNeeds): FeedLease {
  let client: pg.Client | null = null;
  let held = false;
  const drop = (): void => {
    const wasHeld = held;
    client = null;
    held = false;
    if (wasHeld) onLost();
  };
  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ ...connection, application_name: 'holdfast feed', keepAlive: true });
    // A connection that breaks takes the lock with it, and another server may write from then on.
    fresh.on('error', drop);
    fresh.on('end', drop);
    await fresh.connect();
    client = fresh;
    return fresh;
  };
  const tryToHold = async (): Promise<boolean> => {
    const open = client ?? (await connect());
    const { rows } = await open.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [LEASE]);
    if (client !== open) return false;
    held = rows[0]?.got === true;
    return held;
  };
  // Two attempts at once would open two connections, and the lock would stay with the one that is forgotten.
  let trying: Promise<boolean> | null = null;
  return {
    get isHeld() {
      return held;
    },
    hold: async () => {
      if (held) return true;
      trying ??= tryToHold().finally(() => (trying = null));
      return trying;
    },
    close: async () => {
      const open = client;
      client = null;
      held = false;
      await open?.end();
    },
  };
}
