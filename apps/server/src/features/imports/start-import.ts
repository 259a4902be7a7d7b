import { rename, rm } from 'node:fs/promises';
import { AppError, onlyOnce } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { newId } from '../../platform/ids.ts';
import { findWallClock } from '../ticks/index.ts';
import { insertImport } from './import-store.ts';
import type { ImportQueue } from './import-queue.ts';
import type { ImportState } from './import-record.ts';
import type { ReceivedUpload } from './receive-upload.ts';

export interface StartImportNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: ImportQueue;
}

export interface ImportRequest {
  readonly upload: ReceivedUpload;
  /** As its sender named it. */
  readonly fileName: string;
  readonly zone: string | null;
  readonly idempotencyKey: string | undefined;
  readonly onState?: (state: ImportState) => void;
}

export interface StartedImport {
  readonly importId: string;
  /** True when the same request was answered before and nothing was started now. */
  readonly replayed: boolean;
  /** How it ends; null when it was not started now, or another process ends it. */
  readonly ended: Promise<ImportState | null>;
}

const LONGEST_FILE_NAME = 200;

/**
 * Takes a received file in and queues it. Throws `import_exists` when the same bytes are queued, running or done. The file is the
 * import's from then on; where it is not taken in, it is gone.
 */
export async function startImport(needs: StartImportNeeds, caller: Caller | null, request: ImportRequest): Promise<StartedImport> {
  const { upload } = request;
  try {
    checkZone(request.zone);
    if (upload.byteCount === 0) throw new AppError('invalid_value', 'The file is empty.');
    const importId = newId(needs.clock.now());
    // The file has its place before its row says that it is there.
    await rename(upload.path, needs.queue.pathOf(importId));
    const recorded = await record(needs, caller, { ...request, importId }).catch(async (error: unknown) => {
      await rm(needs.queue.pathOf(importId), { force: true });
      throw error;
    });
    if (recorded.replayed) {
      await rm(needs.queue.pathOf(importId), { force: true });
      return { importId: recorded.importId, replayed: true, ended: Promise.resolve(null) };
    }
    const { ended } = await needs.queue.add(importId, request.onState);
    return { importId, replayed: false, ended };
  } catch (error) {
    await rm(upload.path, { force: true });
    throw error;
  }
}

async function record(
  needs: StartImportNeeds,
  caller: Caller | null,
  request: ImportRequest & { readonly importId: string },
): Promise<{ readonly importId: string; readonly replayed: boolean }> {
  const insert = async (): Promise<void> => {
    const { upload, importId } = request;
    const made = {
      id: importId,
      userId: caller?.userId ?? null,
      fileName: plainName(request.fileName),
      fileHash: upload.fileHash,
      byteCount: upload.byteCount,
      zone: request.zone,
      at: needs.clock.now(),
    };
    // Joins the transaction of the key, where there is one.
    const taken = await transact(needs.db, (tx) => insertImport(tx, made));
    if (taken === null) return;
    throw new AppError('import_exists', `The same file was imported before, as import ${taken.existingId}. Nothing was changed.`, {
      existingId: taken.existingId,
    });
  };
  if (request.idempotencyKey === undefined || caller === null) {
    await insert();
    return { importId: request.importId, replayed: false };
  }
  const keyed = {
    userId: caller.userId,
    key: request.idempotencyKey,
    operation: 'importTicks',
    hash: request.upload.fileHash,
    showsSecret: false,
  };
  const answer = await onlyOnce({ db: needs.db, now: needs.clock.now() }, keyed, async () => {
    await insert();
    return { status: 202, body: request.importId };
  });
  return { importId: answer.body, replayed: answer.replayed };
}

function checkZone(zone: string | null): void {
  if (zone === null || findWallClock(zone) !== null) return;
  throw new AppError('invalid_value', `zone: there is no time zone ${JSON.stringify(zone)}. Write an IANA name such as Asia/Kolkata.`, {
    errors: [{ path: 'zone', message: 'is no IANA time zone' }],
  });
}

/** The last part of a name, without what would disturb a screen; it is shown, never used as a path. */
function plainName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, LONGEST_FILE_NAME);
  return plain === '' ? 'upload' : plain;
}
