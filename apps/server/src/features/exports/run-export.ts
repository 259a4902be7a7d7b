/** The job that makes an export: done with its file in the database, or failed with none. What was broken off is made anew. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import type { Job, JobRun } from '../../platform/jobs/index.ts';
import { endExport, exportFiles, findExport, holdMoment, markRunning, showProgress } from './export-store.ts';
import type { ExportRecord } from './export-store.ts';
import { countParts, exportedFiles } from './gather-export.ts';
import type { GatherNeeds } from './gather-export.ts';
import { writeArchive } from './write-archive.ts';

export interface RunExportNeeds extends GatherNeeds {
  /** Where files lie while they are written. */
  readonly folder: string;
  readonly onError: (error: unknown) => void;
}

const TIMEOUT_MS = 1_800_000;

export const EXPORT_JOB = { name: 'make-export', maxAttempts: 4, oneAtATime: true } as const;

/** Thrown when the export was deleted while it was made. */
class UnwantedExport extends Error {}

export function exportJob(needs: RunExportNeeds): Job {
  return {
    ...EXPORT_JOB,
    timeoutMs: TIMEOUT_MS,
    run: async (run) => {
      const id = String(run.payload);
      if (isId(id)) await runExport(needs, id, run);
    },
  };
}

async function runExport(needs: RunExportNeeds, id: string, { signal, isLastAttempt }: JobRun): Promise<void> {
  const record = await findExport(needs.db, { id });
  if (record === null || !(await markRunning(needs.db, id))) return;
  const path = join(needs.folder, `${id}.zip`);
  try {
    const byteCount = await writeFile(needs, record, { path, signal });
    await keep(needs, record, { path, byteCount });
  } catch (error) {
    if (error instanceof UnwantedExport) return;
    // A server that stops leaves the export to the next one.
    if (signal.aborted || (!isLastAttempt && !(error instanceof AppError))) throw error;
    if (!(error instanceof AppError)) needs.onError(error);
    const detail = error instanceof AppError ? error.message : 'Something went wrong here while the export was made. Ask for it again.';
    await transact(needs.db, (tx) => endExport(tx, { id, at: needs.clock.now(), file: null, detail }));
  } finally {
    await rm(path, { force: true });
  }
}

async function writeFile(
  needs: RunExportNeeds,
  { id, userId }: ExportRecord,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal },
): Promise<number> {
  const at = needs.clock.now();
  return transact(needs.db, async (tx) => {
    await holdMoment(tx);
    const all = await countParts(tx, userId);
    let written = 0;
    const onPart = async (): Promise<void> => {
      signal.throwIfAborted();
      if (!(await showProgress(needs.db, id, { written: (written += 1), all }))) throw new UnwantedExport();
    };
    const counts = new Map<string, number>();
    return writeArchive(exportedFiles({ ...needs, db: tx }, userId, counts), { path, at, counts, onPart });
  });
}

/** The row and its bytes at once. */
async function keep(
  { db, clock }: RunExportNeeds,
  { id }: ExportRecord,
  { path, byteCount }: { readonly path: string; readonly byteCount: number },
): Promise<void> {
  const at = clock.now();
  const name = `holdfast-${new Date(at).toISOString().slice(0, 10)}.zip`;
  await transact(db, async (tx) => {
    if (await endExport(tx, { id, at, file: { name, byteCount }, detail: null })) await exportFiles.keep(tx, id, path);
  });
}
