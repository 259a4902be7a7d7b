/** Files that have arrived become documents, or versions of them: row, file and audit entry in one transaction. */
import type { Document } from '@holdfast/contract/documents';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { ownPortfolio } from '../portfolios/index.ts';
import type { DocumentCaller, DocumentNeeds } from './document-needs.ts';
import { insertDocument, lockDocument, updateDocument } from './document-store.ts';
import type { DocumentNotes } from './document-store.ts';
import { keepFile, lockUsage } from './file-store.ts';
import type { ArrivedFile } from './file-store.ts';
import { getDocument } from './list-documents.ts';
import { noRoom, tooMany } from './refusals.ts';

export async function keepDocument(
  needs: DocumentNeeds,
  caller: DocumentCaller,
  { file, notes }: { readonly file: ArrivedFile; readonly notes: Omit<DocumentNotes, 'name'> & { readonly name: string | null } },
): Promise<Document> {
  const { db, clock, limits } = needs;
  return transact(db, async (tx) => {
    const usage = await lockUsage(tx, caller.userId);
    if (usage.documents >= limits.mostDocuments) throw tooMany(limits);
    if (usage.byteCount + file.byteCount > limits.quotaBytes) throw noRoom(limits, usage.byteCount);
    if (notes.portfolioId !== null) await ownPortfolio(needs, caller, notes.portfolioId);
    const at = clock.now();
    const id = newId(at);
    await insertDocument(tx, { ...notes, name: notes.name ?? file.fileName, id, userId: caller.userId, at });
    await bind(tx, file, { id, version: 1, at });
    await audit(tx, caller, { action: 'document.added', id, version: 1, file, at });
    return getDocument(needs, caller.userId, id);
  });
}

export async function keepVersion(
  needs: DocumentNeeds,
  caller: DocumentCaller,
  { file, id }: { readonly file: ArrivedFile; readonly id: string },
): Promise<Document> {
  const { db, clock, limits } = needs;
  return transact(db, async (tx) => {
    const usage = await lockUsage(tx, caller.userId);
    if (usage.byteCount + file.byteCount > limits.quotaBytes) throw noRoom(limits, usage.byteCount);
    const newest = await lockDocument(tx, { id, userId: caller.userId });
    if (newest === null) throw notFound('document');
    const at = clock.now();
    const version = newest + 1;
    await bind(tx, file, { id, version, at });
    await updateDocument(tx, id, { version, at });
    await audit(tx, caller, { action: 'document.version_added', id, version, file, at });
    return getDocument(needs, caller.userId, id);
  });
}

async function bind(tx: Tx, file: ArrivedFile, to: { readonly id: string; readonly version: number; readonly at: number }): Promise<void> {
  if (!(await keepFile(tx, file, { documentId: to.id, version: to.version, at: to.at })))
    throw new AppError('unavailable', 'The file took too long to arrive and was given up. Send it again.');
}

interface Added {
  readonly action: string;
  readonly id: string;
  readonly version: number;
  readonly file: ArrivedFile;
  readonly at: number;
}

async function audit(tx: Tx, { userId, requestId, ip }: DocumentCaller, { action, id, version, file, at }: Added): Promise<void> {
  const details = { version, mediaType: file.mediaType, byteCount: file.byteCount };
  await writeAuditEntry(tx, { at, actorId: userId, action, subjectKind: 'document', subjectId: id, requestId, ip, details });
}
