/** Documents: tax papers, certificates and statements that a user keeps, encrypted, with their versions. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Id, Items, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';
import {
  Document,
  DOCUMENT_MEDIA_TYPES,
  DocumentKind,
  DocumentMediaType,
  DocumentName,
  DocumentNote,
  DocumentVersion,
  exampleDocument,
  TaxYear,
} from './document.ts';

export { Document, DOCUMENT_KINDS, DOCUMENT_MEDIA_TYPES, DocumentKind, DocumentMediaType, DocumentVersion } from './document.ts';

const tag = 'Documents';
const File = Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary', description: 'The file, told by its content.' });
const params = Closed({ id: Id });
const idExample = { id: exampleDocument.id };

/** The fields of the form beside `file`, as text. */
export const DocumentFields = Closed({
  kind: Type.Optional(DocumentKind),
  name: Type.Optional(DocumentName),
  portfolioId: Type.Optional(Id),
  note: Type.Optional(DocumentNote),
  taxYear: Type.Optional(TaxYear),
});
export type DocumentFields = Static<typeof DocumentFields>;

const TAKEN =
  'PDF, PNG, JPEG, WebP, GIF, TIFF, HEIC, plain text, CSV, DOCX, XLSX, ODT or ODS. What a file is, its content says; another file is refused with `unsupported_media_type`, whatever its name ends in, and so are office files with macros.';

export const uploadDocument = route({
  name: 'uploadDocument',
  method: 'POST',
  path: '/api/v1/documents',
  tag,
  summary: 'Keep a document.',
  description: `${TAKEN} The limits are those of GET /api/v1/documents/usage.`,
  access: 'user',
  scope: 'write',
  upload: 'multipart',
  body: Closed({ file: File, ...DocumentFields.properties }),
  answers: { 201: Document },
  errors: ['not_found', 'document_quota', 'document_infected'],
  idempotent: 'by-the-desk',
  timeoutMs: 600_000,
  example: { answer: exampleDocument },
});

export const addDocumentVersion = route({
  name: 'addDocumentVersion',
  method: 'POST',
  path: '/api/v1/documents/{id}/versions',
  tag,
  summary: 'Keep a newer version of a document. The earlier ones stay.',
  description: TAKEN,
  access: 'user',
  scope: 'write',
  params,
  upload: 'multipart',
  body: Closed({ file: File }),
  answers: { 201: Document },
  errors: ['document_quota', 'document_infected'],
  idempotent: 'by-the-desk',
  timeoutMs: 600_000,
  example: { params: idExample, answer: { ...exampleDocument, version: 2 } },
});

export const DOCUMENT_SORTS = ['-createdAt', 'createdAt', 'name', '-name', 'byteCount', '-byteCount', 'taxYear', '-taxYear'] as const;

export const listDocuments = route({
  name: 'listDocuments',
  method: 'GET',
  path: '/api/v1/documents',
  tag,
  summary: 'Your documents: search, filter, sort, page.',
  access: 'user',
  scope: 'read',
  query: Closed({
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name, the file’s name or the note.' })),
    kind: Type.Optional(DocumentKind),
    portfolioId: Type.Optional(Id),
    taxYear: Type.Optional(TaxYear),
    sort: Type.Optional(OneOf(DOCUMENT_SORTS, { description: 'Default: -createdAt, newest first.' })),
    ...PageQuery,
  }),
  answers: { 200: Page(Document) },
  errors: [],
  example: { query: { kind: 'tax', limit: 1 }, answer: { items: [exampleDocument], nextCursor: null } },
});

export const DocumentUsage = Closed({
  documents: Type.Integer({ minimum: 0 }),
  mostDocuments: Type.Integer({ minimum: 1 }),
  byteCount: Type.Integer({ minimum: 0, description: 'Of all versions of all documents.' }),
  quotaBytes: Type.Integer({ minimum: 1 }),
  mostBytes: Type.Integer({ minimum: 1, description: 'Of one file.' }),
  mediaTypes: Type.Array(DocumentMediaType),
  taxYears: Type.Array(Type.Integer(), { description: 'Those that documents are about, the newest first.' }),
});
export type DocumentUsage = Static<typeof DocumentUsage>;

export const getDocumentUsage = route({
  name: 'getDocumentUsage',
  method: 'GET',
  path: '/api/v1/documents/usage',
  tag,
  summary: 'How much room your documents take, and how much there is.',
  access: 'user',
  scope: 'read',
  answers: { 200: DocumentUsage },
  errors: [],
  example: {
    answer: {
      documents: 1,
      mostDocuments: 2_000,
      byteCount: exampleDocument.byteCount,
      quotaBytes: 1_073_741_824,
      mostBytes: 26_214_400,
      mediaTypes: [...DOCUMENT_MEDIA_TYPES],
      taxYears: [2025],
    },
  },
});

export const getDocument = route({
  name: 'getDocument',
  method: 'GET',
  path: '/api/v1/documents/{id}',
  tag,
  summary: 'One document.',
  access: 'user',
  scope: 'read',
  params,
  answers: { 200: Document },
  errors: [],
  example: { params: idExample, answer: exampleDocument },
});

export const listDocumentVersions = route({
  name: 'listDocumentVersions',
  method: 'GET',
  path: '/api/v1/documents/{id}/versions',
  tag,
  summary: 'All versions of a document, the newest first.',
  access: 'user',
  scope: 'read',
  params,
  answers: { 200: Items(DocumentVersion) },
  errors: [],
  example: {
    params: idExample,
    answer: {
      items: [
        {
          version: 1,
          fileName: exampleDocument.fileName,
          mediaType: exampleDocument.mediaType,
          byteCount: exampleDocument.byteCount,
          sha256: exampleDocument.sha256,
          canPreview: true,
          isMissing: false,
          createdAt: exampleDocument.createdAt,
        },
      ],
    },
  },
});

export const getDocumentContent = route({
  name: 'getDocumentContent',
  method: 'GET',
  path: '/api/v1/documents/{id}/content',
  tag,
  summary: 'The bytes of a document.',
  description:
    'To be saved (`attachment`), or with `preview=true` to be looked at in a page of this site, for the kinds that say `canPreview`; scripts in it never run. One part may be asked for by `Range: bytes=…`, so that a download that broke off goes on; `ETag` and `If-Range` say whether it is still the same file.',
  access: 'user',
  scope: 'read',
  params,
  query: Closed({
    version: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'The newest when left out.' })),
    preview: Type.Optional(Type.Boolean()),
  }),
  answers: { 200: File, 206: File },
  produces: DOCUMENT_MEDIA_TYPES,
  errors: ['document_unreadable', 'range_not_satisfiable'],
  timeoutMs: 3_600_000,
  example: { params: idExample, query: {} },
});

export const changeDocument = route({
  name: 'changeDocument',
  method: 'PATCH',
  path: '/api/v1/documents/{id}',
  tag,
  summary: 'Change what is noted about a document; what is left out stays.',
  access: 'user',
  scope: 'write',
  params,
  body: Closed({
    kind: Type.Optional(DocumentKind),
    name: Type.Optional(DocumentName),
    portfolioId: Type.Optional(Nullable(Id)),
    note: Type.Optional(Nullable(DocumentNote)),
    taxYear: Type.Optional(Nullable(TaxYear)),
  }),
  answers: { 200: Document },
  errors: [],
  example: { params: idExample, body: { taxYear: 2025 }, answer: exampleDocument },
});

export const deleteDocument = route({
  name: 'deleteDocument',
  method: 'DELETE',
  path: '/api/v1/documents/{id}',
  tag,
  summary: 'Remove a document with all its versions, for good.',
  access: 'user',
  scope: 'write',
  params,
  answers: { 204: null },
  errors: [],
  example: { params: idExample },
});

export const documentRoutes: readonly Route[] = [
  uploadDocument,
  addDocumentVersion,
  listDocuments,
  getDocumentUsage,
  getDocument,
  listDocumentVersions,
  getDocumentContent,
  changeDocument,
  deleteDocument,
];
