/** Rows of files: they are there before the first byte of a file is written, and until its last one is removed. */
import { sql } from 'kysely';
import type { DocumentMediaType } from '@holdfast/contract/documents';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { WrappedKey } from './key-ring.ts';

export interface ArrivedFile {
  readonly name: string;
  readonly fileName: string;
  readonly mediaType: DocumentMediaType;
  readonly byteCount: number;
  readonly sha256: Buffer;
}

export async function insertArriving(
  db: Db,
  { name, userId, keyId, wrapped, at }: WrappedKey & { readonly name: string; readonly userId: string; readonly at: number },
): Promise<void> {
  const instant = new Date(at);
  await db
    .insertInto('document_files')
    .values({ name, user_id: userId, state: 'arriving', key_id: keyId, wrapped_key: wrapped, created_at: instant, changed_at: instant })
    .execute();
}

/** False when it took so long to arrive that its bytes were given up. */
export async function keepFile(
  tx: Tx,
  file: ArrivedFile,
  { documentId, version, at }: { readonly documentId: string; readonly version: number; readonly at: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('document_files')
    .set({
      state: 'kept',
      document_id: documentId,
      version,
      file_name: file.fileName,
      media_type: file.mediaType,
      byte_count: file.byteCount,
      sha256: file.sha256,
      changed_at: new Date(at),
    })
    .where('name', '=', file.name)
    .where('state', '=', 'arriving')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Lets go of what has arrived but belongs to nothing. */
export async function releaseArriving(db: Db, name: string, at: number): Promise<void> {
  await db
    .updateTable('document_files')
    .set({ state: 'leaving', changed_at: new Date(at) })
    .where('name', '=', name)
    .where('state', '=', 'arriving')
    .execute();
}

/** Lets go of the files of a document, or of all documents of a user; their names, so that their bytes can be removed. */
export async function releaseFiles(
  tx: Tx,
  of: { readonly documentId: string } | { readonly userId: string },
  at: number,
): Promise<readonly string[]> {
  let query = tx
    .updateTable('document_files')
    .set({ state: 'leaving', document_id: null, version: null, changed_at: new Date(at) })
    .where('state', '<>', 'leaving');
  query = 'documentId' in of ? query.where('document_id', '=', of.documentId) : query.where('user_id', '=', of.userId);
  return (await query.returning('name').execute()).map(({ name }) => name);
}

/** To be called once the bytes are gone. */
export async function deleteLeaving(db: Db, name: string): Promise<void> {
  await db.deleteFrom('document_files').where('name', '=', name).where('state', '=', 'leaving').execute();
}

export interface KeptFile extends WrappedKey {
  readonly name: string;
  readonly version: number;
  readonly fileName: string;
  readonly mediaType: DocumentMediaType;
  readonly byteCount: number;
  readonly sha256: Buffer;
  readonly createdAt: Date;
  readonly isMissing: boolean;
}

/** All versions of a document that is the user's, the newest first; none where there is no such document. */
export async function listFiles(
  db: Db,
  of: { readonly documentId: string; readonly userId: string; readonly version?: number | undefined },
): Promise<readonly KeptFile[]> {
  let query = db
    .selectFrom('document_files')
    .selectAll()
    .where('document_id', '=', of.documentId)
    .where('user_id', '=', of.userId)
    .orderBy('version', 'desc');
  if (of.version !== undefined) query = query.where('version', '=', of.version);
  return (await query.execute()).map((row) => ({
    name: row.name,
    version: row.version ?? 0,
    fileName: row.file_name ?? '',
    mediaType: row.media_type as DocumentMediaType,
    byteCount: row.byte_count ?? 0,
    sha256: row.sha256 ?? Buffer.alloc(0),
    createdAt: row.created_at,
    isMissing: row.missing_since !== null,
    keyId: row.key_id,
    wrapped: row.wrapped_key,
  }));
}

/** Those to be removed: let go of, or begun so long ago that nobody is sending them any more. Marks the latter, so that they cannot be kept. */
export async function takePassing(db: Db, before: { readonly arriving: Date; readonly leaving: Date }): Promise<readonly string[]> {
  await db
    .updateTable('document_files')
    .set({ state: 'leaving' })
    .where('state', '=', 'arriving')
    .where('changed_at', '<', before.arriving)
    .execute();
  const rows = await db
    .selectFrom('document_files')
    .select('name')
    .where('state', '=', 'leaving')
    .where(({ eb, or }) => or([eb('changed_at', '<', before.leaving), eb('changed_at', '<', before.arriving)]))
    .limit(1_000)
    .execute();
  return rows.map(({ name }) => name);
}

/** Which of these names have a row of any kind. */
export async function findKnown(db: Db, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('document_files').select('name').where('name', 'in', names).execute();
  return new Set(rows.map(({ name }) => name));
}

export interface FileToCheck extends WrappedKey {
  readonly name: string;
  readonly byteCount: number;
  readonly documentId: string;
  readonly isMissing: boolean;
}

/** The next kept files in the order of their names. */
export async function listKept(
  db: Db,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly FileToCheck[]> {
  const rows = await db
    .selectFrom('document_files')
    .select(['name', 'byte_count', 'document_id', 'missing_since', 'key_id', 'wrapped_key'])
    .where('state', '=', 'kept')
    .where('name', '>', after)
    .orderBy('name')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    name: row.name,
    byteCount: row.byte_count ?? 0,
    documentId: row.document_id ?? '',
    isMissing: row.missing_since !== null,
    keyId: row.key_id,
    wrapped: row.wrapped_key,
  }));
}

export async function markMissing(tx: Tx, name: string, since: Date | null): Promise<void> {
  await tx.updateTable('document_files').set({ missing_since: since }).where('name', '=', name).where('state', '=', 'kept').execute();
}

/** Only where the key is still the one that was unwrapped. */
export async function rewrapKey(db: Db, name: string, { from, to }: { readonly from: WrappedKey; readonly to: WrappedKey }): Promise<void> {
  await db
    .updateTable('document_files')
    .set({ key_id: to.keyId, wrapped_key: to.wrapped })
    .where('name', '=', name)
    .where('key_id', '=', from.keyId)
    .execute();
}

export interface Usage {
  readonly documents: number;
  readonly byteCount: number;
}

export async function measureUsage(db: Db, userId: string): Promise<Usage> {
  const { rows } = await sql<Usage>`
    select (select count(*) from documents where user_id = ${userId})::integer as documents,
      (select coalesce(sum(byte_count), 0) from document_files where user_id = ${userId} and state = 'kept')::bigint as "byteCount"`.execute(
    db,
  );
  return rows[0] ?? { documents: 0, byteCount: 0 };
}

/** The same while nobody else keeps anything for this user. */
export async function lockUsage(tx: Tx, userId: string): Promise<Usage> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute();
  return measureUsage(tx, userId);
}
