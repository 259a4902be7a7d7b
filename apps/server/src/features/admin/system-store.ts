import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

export interface DatabaseFacts {
  readonly version: string;
  readonly byteCount: number;
  readonly used: number;
  readonly most: number;
}

export async function readDatabaseFacts(db: Db): Promise<DatabaseFacts> {
  const { rows } = await sql<DatabaseFacts>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as "byteCount",
      (select count(*) from pg_stat_activity where backend_type = 'client backend') as used,
      current_setting('max_connections')::integer as most`.execute(db);
  const [facts] = rows;
  if (facts === undefined) throw new Error('The database says nothing of itself.');
  return facts;
}
