import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { notFound } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { DocumentCaller, DocumentNeeds } from './document-needs.ts';
import { deleteDocumentRow, deleteDocumentsOf, lockDocument } from './document-store.ts';
import { releaseFiles } from './file-store.ts';
import { removeBytes } from './remove-bytes.ts';

/** The document is gone once this commits; its bytes go right after it, or with the job where that fails. */
export async function deleteDocument(needs: DocumentNeeds, caller: DocumentCaller, id: string): Promise<void> {
  const { userId, requestId, ip } = caller;
  const names = await transact(needs.db, async (tx) => {
    const version = await lockDocument(tx, { id, userId });
    if (version === null) throw notFound('document');
    const at = needs.clock.now();
    const released = await releaseFiles(tx, { documentId: id }, at);
    await deleteDocumentRow(tx, id);
    const details = { versions: released.length };
    await writeAuditEntry(tx, {
      at,
      actorId: userId,
      action: 'document.removed',
      subjectKind: 'document',
      subjectId: id,
      requestId,
      ip,
      details,
    });
    return released;
  });
  await removeBytes(needs, names).catch(needs.onError);
}

/** Within the transaction that erases a user. The bytes go with the job's next run. */
export async function eraseDocuments({ clock }: Pick<DocumentNeeds, 'clock'>, tx: Tx, userId: string): Promise<void> {
  await releaseFiles(tx, { userId }, clock.now());
  await deleteDocumentsOf(tx, userId);
}
