/** For whoever packs all of a user's data: every document with all its versions, each read as it is packed. */
import type { Document } from '@holdfast/contract/documents';
import type { DocumentNeeds } from './document-needs.ts';
import { listFiles } from './file-store.ts';
import { listDocuments } from './list-documents.ts';
import { openContent } from './open-content.ts';

export interface ExportedDocument {
  /** What is noted about it. */
  readonly document: Document;
  readonly version: number;
  /** Where it belongs in an archive: unique, without anything that leads out of it. */
  readonly path: string;
  readonly byteCount: number;
  readonly sha256: string;
  /** Throws `document_unreadable` where the bytes are lost; the export may go on without them. */
  read(): Promise<AsyncIterable<Buffer>>;
}

/** In the order in which they were kept. With a portfolio: those linked to it. */
export async function* exportDocuments(
  needs: Pick<DocumentNeeds, 'db' | 'storage' | 'keys'>,
  userId: string,
  { portfolioId }: { readonly portfolioId?: string } = {},
): AsyncIterable<ExportedDocument> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const asked = { sort: 'createdAt' as const, limit: 100, ...(portfolioId === undefined ? {} : { portfolioId }) };
    const page: Awaited<ReturnType<typeof listDocuments>> = await listDocuments(
      needs,
      userId,
      cursor === '' ? asked : { ...asked, cursor },
    );
    for (const document of page.items) {
      for (const file of await listFiles(needs.db, { documentId: document.id, userId }))
        yield {
          document,
          version: file.version,
          path: `documents/${document.id}/${file.version}-${file.fileName.replace(/[/\\:*?"<>|]/g, '_')}`,
          byteCount: file.byteCount,
          sha256: file.sha256.toString('hex'),
          read: () => openContent(needs, file, { from: 0, to: file.byteCount - 1 }),
        };
    }
    cursor = page.nextCursor;
  }
}
