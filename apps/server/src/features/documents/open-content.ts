import { createHash } from 'node:crypto';
import { AppError, notFound } from '../../platform/http/index.ts';
import { FileMissing } from '../../providers/file-storage/index.ts';
import type { DocumentNeeds } from './document-needs.ts';
import { decryptPart, storedSpan } from './file-cipher.ts';
import { listFiles } from './file-store.ts';
import type { KeptFile } from './file-store.ts';

export async function findContent(
  { db }: Pick<DocumentNeeds, 'db'>,
  userId: string,
  { documentId, version }: { readonly documentId: string; readonly version: number | undefined },
): Promise<KeptFile> {
  const [file] = await listFiles(db, { documentId, userId, version });
  if (file === undefined) throw notFound(version === undefined ? 'document' : 'version of a document');
  return file;
}

/** The plain bytes of a part. Throws `document_unreadable`; while they are read, an error means that they are not what was kept. */
export async function openContent(
  { storage, keys }: Pick<DocumentNeeds, 'storage' | 'keys'>,
  file: KeptFile,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<AsyncIterable<Buffer>> {
  const key = keys.open(file.name, file);
  if (key === null)
    throw new AppError(
      'document_unreadable',
      'The document is encrypted with a key that the server does not have. An administrator gives it by DOCUMENT_KEYS_BEFORE.',
    );
  const part = { byteCount: file.byteCount, from, to };
  try {
    const stored = await storage.read(file.name, storedSpan(part));
    const plain = decryptPart(stored, { ...part, key });
    return from === 0 && to === file.byteCount - 1 ? checked(plain, file.sha256) : plain;
  } catch (error) {
    if (!(error instanceof FileMissing)) throw error;
    throw new AppError(
      'document_unreadable',
      'The storage does not have the bytes of this document. An administrator can bring them back from a backup.',
    );
  }
}

/** The last piece is held back until the whole file's SHA-256 is known to be that of the row. */
async function* checked(plain: AsyncIterable<Buffer>, sha256: Buffer): AsyncIterable<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer | null = null;
  for await (const piece of plain) {
    hash.update(piece);
    if (held !== null) yield held;
    held = piece;
  }
  if (!hash.digest().equals(sha256)) throw new Error('The stored file is not the one that was kept: its SHA-256 is another.');
  if (held !== null) yield held;
}
