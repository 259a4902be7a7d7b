/**
 * The imports this process has taken in, run one after the other: the file lies on this machine's disk, and one load at a time keeps
 * the database busy. What a process that died left behind is failed, or taken up, by the next one that starts.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openImportLeases } from './import-lease-store.ts';
import type { ImportLeases } from './import-lease-store.ts';
import type { ImportRecord, ImportState } from './import-record.ts';
import { findImport, listUnfinished } from './import-store.ts';
import { failImport, runImport, STOPPED } from './run-import.ts';
import type { ImportWork } from './run-import.ts';

export interface ImportQueue {
  /** Where uploads are kept until they are read. */
  readonly folder: string;
  pathOf(importId: string): string;
  /** Takes an import up; its file lies at `pathOf`. Resolves when it is queued, with a promise of how it ends: null if not by us. */
  add(importId: string, onState?: (state: ImportState) => void): Promise<{ readonly ended: Promise<ImportState | null> }>;
  /** How an import ends that this process has; undefined for others. It ends when this server answers with what it stored. */
  ended(importId: string): Promise<unknown> | undefined;
  /** Takes up what waits and fails what a dead process was at work on. */
  recover(): Promise<void>;
  /** Breaks off what runs, which then has failed, and leaves what waits for the next start. */
  close(): Promise<void>;
}

export interface ImportQueueNeeds extends ImportWork {
  /** Made when missing. */
  readonly folder: string;
}

/** An upload that nobody reads is thrown away a day later: another process with this folder may be receiving it now. */
const FORGOTTEN_AFTER_MS = 86_400_000;

export async function openImportQueue(needs: ImportQueueNeeds): Promise<ImportQueue> {
  const { folder, db, clock } = needs;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (importId: string): string => join(folder, importId);
  const stop = new AbortController();
  const leases = createLeaseHold(needs);
  const ends = new Map<string, Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();

  const run = async (record: ImportRecord, onState?: (state: ImportState) => void): Promise<ImportState | null> => {
    // What waits keeps its file, for the next start.
    if (stop.signal.aborted) return null;
    try {
      const watched = onState === undefined ? {} : { onState };
      return await runImport(needs, { record, path: pathOf(record.id), signal: stop.signal, ...watched });
    } finally {
      await rm(pathOf(record.id), { force: true });
    }
  };
  const enqueue = (record: ImportRecord, onState?: (state: ImportState) => void): Promise<ImportState | null> => {
    const ended = last
      .then(() => run(record, onState))
      .finally(() => {
        ends.delete(record.id);
        return leases.letGo(record.key).catch(needs.onError);
      });
    last = ended.catch(needs.onError);
    ends.set(record.id, last);
    return ended;
  };
  const recoverOne = async (record: ImportRecord): Promise<void> => {
    if (!(await leases.take(record.key))) return;
    // Looked at again: it may have ended before its lease was free.
    const now = await findImport(db, record.id);
    if (now?.status === 'queued' && existsSync(pathOf(record.id))) {
      void enqueue(now);
      return;
    }
    const state: ImportState = { status: 'failed', progress: 1, rows: { ...record.rows, stored: 0 }, detail: STOPPED };
    await failImport(needs, record.id, { state, faults: [] });
    await rm(pathOf(record.id), { force: true });
    await leases.letGo(record.key);
  };

  return {
    folder,
    pathOf,
    ended: (importId) => ends.get(importId),
    async add(importId, onState) {
      const record = await findImport(db, importId);
      if (record === null || !(await leases.take(record.key))) throw new Error(`The import ${importId} is not there to be queued.`);
      return { ended: enqueue(record, onState) };
    },
    async recover() {
      for (const record of await listUnfinished(db)) await recoverOne(record);
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        const kept = await stat(path).catch(() => null);
        if (kept !== null && kept.mtimeMs < clock.now() - FORGOTTEN_AFTER_MS) await rm(path, { force: true });
      }
    },
    async close() {
      stop.abort();
      await last;
      await leases.close();
    },
  };
}

/** Holds one connection for leases while there is an import to hold one for. */
function createLeaseHold({ address }: ImportQueueNeeds) {
  const held = new Set<number>();
  let opened: Promise<ImportLeases> | null = null;
  const close = async (): Promise<void> => {
    const closing = opened;
    opened = null;
    held.clear();
    if (closing !== null) await (await closing).close();
  };
  return {
    async take(key: number): Promise<boolean> {
      if (held.has(key)) return false;
      held.add(key);
      opened ??= openImportLeases(address);
      try {
        if (await (await opened).take(key)) return true;
      } catch (error) {
        opened = null;
        held.delete(key);
        throw error;
      }
      held.delete(key);
      if (held.size === 0) await close();
      return false;
    },
    async letGo(key: number): Promise<void> {
      if (!held.delete(key) || opened === null) return;
      if (held.size === 0) await close();
      else await (await opened).release(key);
    },
    close,
  };
}
