import pg from 'pg';

export type WorkerPresence = {
  /** Says that this pool of workers lives. Jobs are held in the name of a pool. */
  readonly add: (poolId: string) => void;
  /** These have ended; jobs they still hold may be taken from them. */
  readonly remove: (poolIds: readonly string[]) => void;
  /** Frees the jobs of pools that no longer live. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type PresenceOptions = {
  readonly url: string;
  readonly checkEveryMs: number;
  /** A job that was taken more recently than this is left alone: its pool may not have said yet that it lives. */
  readonly graceMs: number;
  readonly onFreed: (poolIds: readonly string[]) => void;
  readonly onError: (error: unknown) => void;
};

/** Advisory locks of this class, one per pool, by a hash of its id. */
const presenceLockClass = 7_291_446;

/** Pools that hold jobs although nobody holds their lock. Asking takes the lock for the length of the statement only. */
const freeJobsOfTheDead = `
  with holders as (
    select distinct locked_by as id from graphile_worker._private_jobs
    where locked_by is not null and locked_at < now() - $2::double precision * interval '1 millisecond'
  ), dead as (
    select id from holders where not (id = any($3::text[])) and pg_try_advisory_xact_lock($1, hashtext(id))
  ), freed as (
    select graphile_worker.force_unlock_workers(array_agg(id)) from dead having count(*) > 0
  )
  select id from dead where exists (select from freed)`;

/**
 * Lets servers know of each other's pools of workers, so that the jobs of a server that was killed are taken up within seconds;
 * graphile-worker by itself waits four hours. A pool lives while its server's connection holds its lock, and PostgreSQL
 * lets that go the moment the server dies.
 */
export function keepPresence(options: PresenceOptions): WorkerPresence {
  const poolIds = new Set<string>();
  let client: pg.Client | null = null;
  let locked = new Set<string>();
  let running: Promise<void> | null = null;
  let closed = false;

  const connected = async (): Promise<pg.Client> => {
    if (client !== null) return client;
    const next = new pg.Client({
      connectionString: options.url,
      application_name: 'holdfast workers',
      query_timeout: 10_000,
      keepAlive: true,
    });
    next.on('error', (error) => {
      if (!closed) options.onError(error);
    });
    next.on('end', () => {
      if (client === next) client = null;
    });
    await next.connect();
    locked = new Set();
    client = next;
    return next;
  };
  const round = async (): Promise<void> => {
    const connection = await connected();
    for (const id of [...locked].filter((each) => !poolIds.has(each))) {
      await connection.query('select pg_advisory_unlock_shared($1, hashtext($2))', [presenceLockClass, id]);
      locked.delete(id);
    }
    for (const id of poolIds) {
      if (locked.has(id)) continue;
      await connection.query('select pg_advisory_lock_shared($1, hashtext($2))', [presenceLockClass, id]);
      locked.add(id);
    }
    const { rows } = await connection.query<{ id: string }>(freeJobsOfTheDead, [presenceLockClass, options.graceMs, [...poolIds]]);
    if (rows.length > 0) options.onFreed(rows.map(({ id }) => id));
  };
  const check = (): Promise<void> => {
    running ??= round()
      .catch((error: unknown) => (closed ? undefined : options.onError(error)))
      .finally(() => {
        running = null;
      });
    return running;
  };
  const timer = setInterval(() => void check(), options.checkEveryMs).unref();
  return {
    add: (poolId) => {
      poolIds.add(poolId);
      void check();
    },
    remove: (ended) => {
      for (const id of ended) poolIds.delete(id);
    },
    check,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await running;
      await client?.end();
    },
  };
}
