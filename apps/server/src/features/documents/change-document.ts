import type { BodyOf } from '@holdfast/contract';
import type { changeDocument as contract, Document } from '@holdfast/contract/documents';
import { transact } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { ownPortfolio } from '../portfolios/index.ts';
import type { DocumentCaller, DocumentNeeds } from './document-needs.ts';
import { lockDocument, updateDocument } from './document-store.ts';
import { getDocument } from './list-documents.ts';

export async function changeDocument(
  needs: Pick<DocumentNeeds, 'db' | 'clock'>,
  caller: DocumentCaller,
  { id, change }: { readonly id: string; readonly change: BodyOf<typeof contract> },
): Promise<Document> {
  const { userId, requestId, ip } = caller;
  const name = change.name?.trim();
  if (name === '') throw new AppError('invalid_value', 'name is empty.', { errors: [{ path: 'name', message: 'is empty' }] });
  return transact(needs.db, async (tx) => {
    if ((await lockDocument(tx, { id, userId })) === null) throw notFound('document');
    if (typeof change.portfolioId === 'string') await ownPortfolio(needs, caller, change.portfolioId);
    const at = needs.clock.now();
    await updateDocument(tx, id, { ...change, ...(name === undefined ? {} : { name }), at });
    const details = { fields: Object.keys(change).sort() };
    await writeAuditEntry(tx, {
      at,
      actorId: userId,
      action: 'document.changed',
      subjectKind: 'document',
      subjectId: id,
      requestId,
      ip,
      details,
    });
    return getDocument(needs, userId, id);
  });
}
