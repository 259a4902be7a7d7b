/**
 * Makes rows and bytes agree again after crashes: bytes of uploads that broke off and of documents that were removed go, bytes that no row
 * knows go, and rows whose bytes the storage has lost say so. Keys under an earlier secret are moved to the present one on the way.
 */
import type { Job } from '../../platform/jobs/index.ts';
import type { Logger } from '../../platform/observe/index.ts';
import { transact } from '../../platform/db/transact.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { DocumentNeeds } from './document-needs.ts';
import { storedSize } from './file-cipher.ts';
import { findKnown, listKept, markMissing, rewrapKey, takePassing } from './file-store.ts';
import type { FileToCheck } from './file-store.ts';
import { removeBytes } from './remove-bytes.ts';

/** Longer than an upload may take. */
const UPLOAD_MS = 7_200_000;
/** A removal that is under way is left to the request that does it. */
const REMOVAL_MS = 60_000;
const BATCH = 500;

export interface Reconciled {
  /** Uploads and removals that had broken off. */
  readonly removed: number;
  /** Files that no row knew. */
  readonly strays: number;
  /** Files that the storage does not have, or not whole. */
  readonly missing: number;
  /** Files whose key was moved to the present one. */
  readonly rekeyed: number;
}

export async function reconcileDocuments(needs: DocumentNeeds, signal: AbortSignal): Promise<Reconciled> {
  const removed = await removePassing(needs);
  signal.throwIfAborted();
  const strays = await removeStrays(needs, signal);
  const { missing, rekeyed } = await checkKept(needs, signal);
  return { removed, strays, missing, rekeyed };
}

/** The part that is due soon: what was let go of has no business in the storage. */
export async function removePassing(needs: DocumentNeeds): Promise<number> {
  const now = needs.clock.now();
  const names = await takePassing(needs.db, { arriving: new Date(now - UPLOAD_MS), leaving: new Date(now - REMOVAL_MS) });
  await removeBytes(needs, names);
  return names.length;
}

async function removeStrays({ db, storage, clock }: DocumentNeeds, signal: AbortSignal): Promise<number> {
  let removed = 0;
  let names: string[] = [];
  const judge = async (): Promise<void> => {
    const known = names.length === 0 ? new Set() : await findKnown(db, names);
    for (const name of names.filter((each) => !known.has(each))) {
      await storage.remove(name);
      removed += 1;
    }
    names = [];
  };
  const before = clock.now() - UPLOAD_MS;
  for await (const { name, at } of storage.list()) {
    signal.throwIfAborted();
    // A row is written before its bytes, so young ones have one; those are left alone all the same.
    if (at < before) names.push(name);
    if (names.length >= BATCH) await judge();
  }
  await judge();
  return removed;
}

async function checkKept(needs: DocumentNeeds, signal: AbortSignal): Promise<{ readonly missing: number; readonly rekeyed: number }> {
  const { db, storage, keys } = needs;
  let missing = 0;
  let rekeyed = 0;
  for (let after = ''; ;) {
    const files = await listKept(db, { after, limit: BATCH });
    for (const file of files) {
      signal.throwIfAborted();
      const isMissing = (await storage.size(file.name)) !== storedSize(file.byteCount);
      if (isMissing) missing += 1;
      if (isMissing !== file.isMissing) await noteMissing(needs, file, isMissing);
      const key = file.keyId === keys.presentId ? null : keys.open(file.name, file);
      if (key === null) continue;
      await rewrapKey(db, file.name, { from: file, to: keys.wrap(file.name, key) });
      rekeyed += 1;
    }
    const last = files.at(-1);
    if (last === undefined || files.length < BATCH) return { missing, rekeyed };
    after = last.name;
  }
}

async function noteMissing({ db, clock }: DocumentNeeds, { name, documentId }: FileToCheck, isMissing: boolean): Promise<void> {
  const at = clock.now();
  await transact(db, async (tx) => {
    await markMissing(tx, name, isMissing ? new Date(at) : null);
    const action = isMissing ? 'document.bytes_missing' : 'document.bytes_found';
    await writeAuditEntry(tx, { at, actorId: null, action, subjectKind: 'document', subjectId: documentId });
  });
}

export function documentJobs(needs: DocumentNeeds & { readonly logger: Pick<Logger, 'info' | 'error'> }): readonly Job[] {
  return [
    {
      name: 'remove-document-bytes',
      schedule: '*/10 * * * *',
      timeoutMs: 600_000,
      run: async () => {
        const removed = await removePassing(needs);
        if (removed > 0) needs.logger.info({ removed }, 'bytes of removed documents and broken uploads were deleted');
      },
    },
    {
      name: 'reconcile-documents',
      schedule: '41 2 * * *',
      timeoutMs: 3_600_000,
      run: async ({ signal }) => {
        const outcome = await reconcileDocuments(needs, signal);
        if (outcome.missing > 0) needs.logger.error(outcome, 'the storage has lost bytes of documents');
        else needs.logger.info(outcome, 'documents and their bytes agree');
      },
    },
  ];
}
