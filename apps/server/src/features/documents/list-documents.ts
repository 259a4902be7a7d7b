import type { Document, DocumentUsage, DocumentVersion, listDocuments as contract } from '@holdfast/contract/documents';
import { DOCUMENT_MEDIA_TYPES } from '@holdfast/contract/documents';
import type { QueryOf } from '@holdfast/contract';
import type { Db } from '../../platform/db/pool.ts';
import { within } from '../../platform/db/transact.ts';
import { notFound, page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import type { DocumentNeeds } from './document-needs.ts';
import { listTaxYears, selectDocuments } from './document-store.ts';
import type { DocumentRecord } from './document-store.ts';
import { listFiles, measureUsage } from './file-store.ts';
import { canPreview } from './media-type.ts';

interface Reader {
  readonly db: Db;
}

export async function listDocuments({ db }: Reader, userId: string, query: QueryOf<typeof contract>) {
  const { limit = 50, sort = '-createdAt', cursor, ...filter } = query;
  // Bound to the order: a place in one order is none in another.
  const list = `documents ${sort}`;
  const [place, id] = readCursor(list, cursor, [(text) => text.length <= 250, isId]) ?? [];
  const after = place === undefined || id === undefined ? null : { place, id };
  const records = await selectDocuments(db, { ...filter, userId }, { sort, after, limit: limit + 1 });
  return page(records, limit, { item: describeDocument, cursor: (record) => writeCursor(list, [record.place, record.id]) });
}

export async function getDocument({ db }: Reader, userId: string, id: string): Promise<Document> {
  const [record] = await selectDocuments(within(db), { userId, id }, { sort: '-createdAt', after: null, limit: 1 });
  if (record === undefined) throw notFound('document');
  return describeDocument(record);
}

export async function listVersions({ db }: Reader, userId: string, documentId: string): Promise<{ items: DocumentVersion[] }> {
  const files = await listFiles(db, { documentId, userId });
  if (files.length === 0) throw notFound('document');
  return {
    items: files.map(({ version, fileName, mediaType, byteCount, sha256, isMissing, createdAt }) => ({
      version,
      fileName,
      mediaType,
      byteCount,
      sha256: sha256.toString('hex'),
      canPreview: canPreview(mediaType),
      isMissing,
      createdAt: createdAt.toISOString(),
    })),
  };
}

export async function describeUsage({ db, limits }: Pick<DocumentNeeds, 'db' | 'limits'>, userId: string): Promise<DocumentUsage> {
  const usage = await measureUsage(db, userId);
  return { ...usage, ...limits, mediaTypes: [...DOCUMENT_MEDIA_TYPES], taxYears: await listTaxYears(db, userId) };
}

function describeDocument({ place: _, sha256, createdAt, updatedAt, ...record }: DocumentRecord): Document {
  return {
    ...record,
    sha256: sha256.toString('hex'),
    canPreview: canPreview(record.mediaType),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
