/**
 * Prints the types of the tables for Kysely and docs/reference/schema.md from the migrations, run on an empty database of its own: the
 * one that comes along, so that what is printed does not depend on the machine. `--check` only says whether both are current.
 */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSchema, schemaPage, schemaTypes } from '../apps/server/src/platform/db/describe-schema.ts';
import type { Schema } from '../apps/server/src/platform/db/describe-schema.ts';
import { discardEmbeddedDatabase, startEmbeddedDatabase } from '../apps/server/src/platform/db/embedded/index.ts';
import { migrate } from '../apps/server/src/platform/db/migrate.ts';

const repository = join(import.meta.dirname, '..');
const log = { info: () => undefined, warn: (message: string) => console.warn(message) };

const schema = await readSchema();
const pages = [
  { path: 'apps/server/src/platform/db/generated/schema.ts', content: schemaTypes(schema) },
  { path: 'docs/reference/schema.md', content: schemaPage(schema) },
];
const stale = pages.filter(
  ({ path, content }) => !existsSync(join(repository, path)) || readFileSync(join(repository, path), 'utf8') !== content,
);
if (!process.argv.includes('--check')) {
  for (const { path, content } of stale) writeFileSync(join(repository, path), content);
} else if (stale.length > 0) {
  console.error(`Not current: ${stale.map(({ path }) => path).join(', ')}. Run \`npm run generate\` and commit the result.`);
  process.exitCode = 1;
}

async function readSchema(): Promise<Schema> {
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-schema-'));
  const database = await startEmbeddedDatabase({ dataDir, log, temporary: true });
  try {
    await migrate({ url: database.url });
    return await describeSchema(database.url);
  } finally {
    await database.stop();
    await discardEmbeddedDatabase(dataDir, log);
  }
}
