/** The replay that all servers play: who starts first begins it, and the others join it where it is. */
import { sql } from 'kysely';
import pg from 'pg';
import type { Db } from '../../platform/db/pool.ts';

/** From which instant of the recording, how fast, and since when. Instants are epoch milliseconds. */
export interface ReplayRun {
  readonly fromMs: number;
  readonly speed: number;
  readonly startedAt: number;
}

export interface JoinedReplay {
  readonly run: ReplayRun;
  /** Whether another server had begun it. */
  readonly joined: boolean;
  close(): Promise<void>;
}

export interface ReplayRunNeeds {
  readonly db: Db;
  /** Past any pooler: the lock belongs to the connection. */
  readonly connection: pg.ClientConfig;
  readonly onError: (error: unknown) => void;
}

/** Any number that nobody else locks. Whoever plays shares it; whoever has it alone begins a run. */
const PLAYING = 7_291_447;
const AGAIN_AFTER_MS = 5_000;

/** Begins the run when nobody plays, else answers the one that is under way. The run ends with the last server that plays it. */
export async function joinReplay({ db, connection, onError }: ReplayRunNeeds, wanted: ReplayRun): Promise<JoinedReplay> {
  let client: pg.Client | null = null;
  let again: NodeJS.Timeout | null = null;
  let closed = false;
  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ ...connection, application_name: 'holdfast replay', keepAlive: true });
    const lost = (): void => {
      if (client === fresh) client = null;
      if (!closed) again ??= setTimeout(holdAgain, AGAIN_AFTER_MS);
    };
    await fresh.connect();
    fresh.on('error', lost);
    fresh.on('end', lost);
    client = fresh;
    return fresh;
  };
  // While the connection is away this server plays on; a server that starts meanwhile must still find it playing.
  const holdAgain = (): void => {
    again = null;
    connect()
      .then((fresh) => fresh.query('select pg_advisory_lock_shared($1)', [PLAYING]))
      .catch((error: unknown) => {
        onError(error);
        if (!closed) again ??= setTimeout(holdAgain, AGAIN_AFTER_MS);
      });
  };
  const close = async (): Promise<void> => {
    closed = true;
    if (again !== null) clearTimeout(again);
    await client?.end();
  };
  try {
    const lock = await connect();
    const { rows } = await lock.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [PLAYING]);
    const alone = rows[0]?.alone === true;
    if (alone) await saveRun(db, wanted);
    // Waits while another one begins, which is done in a moment.
    await lock.query('select pg_advisory_lock_shared($1)', [PLAYING]);
    if (alone) await lock.query('select pg_advisory_unlock($1)', [PLAYING]);
    const run = alone ? wanted : await loadRun(db);
    return { run: run ?? wanted, joined: !alone, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function saveRun(db: Db, { fromMs, speed, startedAt }: ReplayRun): Promise<void> {
  await sql`insert into replay_run (from_at, speed, started_at) values (${new Date(fromMs)}, ${speed}, ${new Date(startedAt)})
    on conflict (only_one) do update set from_at = excluded.from_at, speed = excluded.speed, started_at = excluded.started_at`.execute(db);
}

async function loadRun(db: Db): Promise<ReplayRun | null> {
  const { rows } = await sql<{ from_at: Date; speed: number; started_at: Date }>`
    select from_at, speed, started_at from replay_run`.execute(db);
  const [row] = rows;
  return row === undefined ? null : { fromMs: row.from_at.getTime(), speed: row.speed, startedAt: row.started_at.getTime() };
}
