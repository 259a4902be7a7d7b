/** Brings the database to the newest schema: plain SQL files, in the order of their names, under a lock, each once. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely';
import pg from 'pg';

export interface MigrateOptions {
  readonly url: string;
  /** The folder with the .sql files; beside this file in the source, beside the bundle in the build. */
  readonly folder?: string;
  readonly ssl?: pg.ConnectionConfig['ssl'];
}

/** Answers the names of the migrations it ran. Throws with the failing file's name; a failed file leaves nothing behind. */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const pool = new pg.Pool({ connectionString: options.url, max: 2, ...(options.ssl === undefined ? {} : { ssl: options.ssl }) });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({ db, provider: sqlFiles(options.folder ?? fileURLToPath(new URL('./migrations', import.meta.url))) });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error !== undefined) {
      const failed = results.find((result) => result.status === 'Error');
      throw new Error(`Migration ${failed?.migrationName ?? '(none started)'} failed: ${messageOf(error)}`, { cause: error });
    }
    return results.map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

function sqlFiles(folder: string): MigrationProvider {
  return {
    getMigrations: async () => {
      const names = readdirSync(folder)
        .filter((name) => name.endsWith('.sql'))
        .sort();
      return Object.fromEntries(names.map((name) => [name.replace(/\.sql$/, ''), migrationOf(`${folder}/${name}`)]));
    },
  };
}

function migrationOf(file: string): Migration {
  return { up: async (db) => void (await sql.raw(readFileSync(file, 'utf8')).execute(db)) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
