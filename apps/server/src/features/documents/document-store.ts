import { sql } from 'kysely';
import type { Expression, SqlBool } from 'kysely';
import type { DOCUMENT_SORTS, Document, DocumentKind, DocumentMediaType } from '@holdfast/contract/documents';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

export type DocumentSort = (typeof DOCUMENT_SORTS)[number];

export interface DocumentRecord {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly note: string | null;
  readonly taxYear: number | null;
  readonly portfolioId: string | null;
  readonly version: number;
  readonly fileName: string;
  readonly mediaType: DocumentMediaType;
  readonly byteCount: number;
  readonly sha256: Buffer;
  readonly isMissing: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** What a page goes on after, as text. */
  readonly place: string;
}

export type DocumentNotes = Pick<Document, 'kind' | 'name' | 'note' | 'taxYear' | 'portfolioId'>;

export async function insertDocument(
  tx: Tx,
  made: DocumentNotes & { readonly id: string; readonly userId: string; readonly at: number },
): Promise<void> {
  const at = new Date(made.at);
  await tx
    .insertInto('documents')
    .values({
      id: made.id,
      user_id: made.userId,
      portfolio_id: made.portfolioId,
      kind: made.kind,
      name: made.name,
      note: made.note,
      tax_year: made.taxYear,
      created_at: at,
      updated_at: at,
    })
    .execute();
}

/** The number of the newest version, with the document held until the transaction ends; null where it is not the user's. */
export async function lockDocument(tx: Tx, of: { readonly id: string; readonly userId: string }): Promise<number | null> {
  const row = await tx
    .selectFrom('documents')
    .select('version')
    .where('id', '=', of.id)
    .where('user_id', '=', of.userId)
    .forUpdate()
    .executeTakeFirst();
  return row?.version ?? null;
}

export async function updateDocument(
  tx: Tx,
  id: string,
  { at, version, ...notes }: Partial<DocumentNotes> & { readonly at: number; readonly version?: number },
): Promise<void> {
  await tx
    .updateTable('documents')
    .set({
      ...(notes.kind === undefined ? {} : { kind: notes.kind }),
      ...(notes.name === undefined ? {} : { name: notes.name }),
      ...(notes.note === undefined ? {} : { note: notes.note }),
      ...(notes.taxYear === undefined ? {} : { tax_year: notes.taxYear }),
      ...(notes.portfolioId === undefined ? {} : { portfolio_id: notes.portfolioId }),
      ...(version === undefined ? {} : { version }),
      updated_at: new Date(at),
    })
    .where('id', '=', id)
    .execute();
}

/** Its files must have been let go of. */
export async function deleteDocumentRow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('documents').where('id', '=', id).execute();
}

export async function deleteDocumentsOf(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('documents').where('user_id', '=', userId).execute();
}

/** The years that a user's documents are about, the newest first. */
export async function listTaxYears(db: Db, userId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('documents')
    .select('tax_year')
    .distinct()
    .where('user_id', '=', userId)
    .where('tax_year', 'is not', null)
    .orderBy('tax_year', 'desc')
    .execute();
  return rows.flatMap(({ tax_year: year }) => year ?? []);
}

export interface DocumentFilter {
  readonly userId: string;
  readonly id?: string;
  readonly search?: string | undefined;
  readonly kind?: DocumentKind | undefined;
  readonly portfolioId?: string | undefined;
  readonly taxYear?: number | undefined;
}

interface PageAsked {
  readonly sort: DocumentSort;
  readonly after: { readonly place: string; readonly id: string } | null;
  readonly limit: number;
}

/** What each order goes by, as text that sorts like it; a document without a year comes after all others, or before them. */
const PLACES: Readonly<Record<DocumentSort extends `-${infer Name}` ? Name : never, Expression<string>>> = {
  createdAt: sql<string>`to_char(d.created_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`,
  name: sql<string>`lower(d.name) collate "C"`,
  byteCount: sql<string>`lpad(f.byte_count::text, 15, '0')`,
  taxYear: sql<string>`coalesce(d.tax_year::text, '')`,
};

export async function selectDocuments(
  db: Db,
  filter: DocumentFilter,
  { sort, after, limit }: PageAsked,
): Promise<readonly DocumentRecord[]> {
  const descends = sort.startsWith('-');
  const place = PLACES[sort.replace('-', '') as keyof typeof PLACES];
  let query = db
    .selectFrom('documents as d')
    .innerJoin('document_files as f', (join) => join.onRef('f.document_id', '=', 'd.id').onRef('f.version', '=', 'd.version'))
    .select(['d.id', 'd.kind', 'd.name', 'd.note', 'd.tax_year', 'd.portfolio_id', 'd.version', 'd.created_at', 'd.updated_at'])
    .select(['f.file_name', 'f.media_type', 'f.byte_count', 'f.sha256', 'f.missing_since'])
    .select(() => sql<string>`${place}`.as('place'))
    .where('d.user_id', '=', filter.userId);
  if (filter.id !== undefined) query = query.where('d.id', '=', filter.id);
  if (filter.kind !== undefined) query = query.where('d.kind', '=', filter.kind);
  if (filter.portfolioId !== undefined) query = query.where('d.portfolio_id', '=', filter.portfolioId);
  if (filter.taxYear !== undefined) query = query.where('d.tax_year', '=', filter.taxYear);
  for (const word of (filter.search ?? '').split(/\s+/).filter(Boolean)) query = query.where(holds(word));
  if (after !== null) {
    const beyond = sql.raw(descends ? '<' : '>');
    query = query.where(sql<SqlBool>`(${place}, d.id) ${beyond} (${after.place}, ${after.id}::uuid)`);
  }
  const direction = descends ? 'desc' : 'asc';
  const rows = await query
    .orderBy(sql`place`, direction)
    .orderBy('d.id', direction)
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as DocumentKind,
    name: row.name,
    note: row.note,
    taxYear: row.tax_year,
    portfolioId: row.portfolio_id,
    version: row.version,
    fileName: row.file_name ?? '',
    mediaType: row.media_type as DocumentMediaType,
    byteCount: row.byte_count ?? 0,
    sha256: row.sha256 ?? Buffer.alloc(0),
    isMissing: row.missing_since !== null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    place: row.place,
  }));
}

function holds(word: string): Expression<SqlBool> {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`(d.name ilike ${pattern} or f.file_name ilike ${pattern} or d.note ilike ${pattern})`;
}
