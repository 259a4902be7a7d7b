/**
 * Remembers which operations and which of their errors the tests of a run have seen, in a file per test worker, so that
 * tools/check-operations.ts can say afterwards what no test has ever asked for.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** One folder a run lies in it; nothing there outlives the next installation. */
const SEEN_FOLDER = join(import.meta.dirname, '../../../../node_modules/.cache/holdfast/operations-seen');

const written = new Set<string>();
let file: string | undefined;

/** `code` is the error's code, or null for a success. */
export function rememberOperation(route: string, status: number, code: string | null): void {
  const line = JSON.stringify([route, status, code]);
  if (written.has(line)) return;
  written.add(line);
  if (file === undefined) {
    // A second try of some files goes on with what the first has seen.
    const folder = join(SEEN_FOLDER, process.env['TEST_RUN'] ?? inject('testServer').namePrefix);
    mkdirSync(folder, { recursive: true });
    file = join(folder, `${process.pid}-${process.env['VITEST_WORKER_ID'] ?? '0'}.ndjson`);
  }
  appendFileSync(file, `${line}\n`);
}
