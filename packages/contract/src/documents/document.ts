import { Type } from 'typebox';
import type { Static } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { Closed, Id, Instant, Nullable, OneOf } from '../shapes.ts';

export const DOCUMENT_KINDS = ['tax', 'certificate', 'statement', 'other'] as const;
export const DocumentKind = OneOf(DOCUMENT_KINDS);
export type DocumentKind = Static<typeof DocumentKind>;

/** What is taken, told by a file's content and never by its name. */
export const DOCUMENT_MEDIA_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/tiff',
  'image/heic',
  'text/plain',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
] as const;
export const DocumentMediaType = OneOf(DOCUMENT_MEDIA_TYPES);
export type DocumentMediaType = Static<typeof DocumentMediaType>;

export const DocumentName = Type.String({ minLength: 1, maxLength: 200, description: 'What it is called; the file’s name at first.' });
export const DocumentNote = Type.String({ maxLength: 2_000 });
export const TaxYear = Type.Integer({ minimum: 1900, maximum: 2200, description: 'The calendar year it is about.' });

const fileFields = {
  fileName: Type.String({ description: 'As it was sent, with the ending of what it is.' }),
  mediaType: DocumentMediaType,
  byteCount: Type.Integer({ minimum: 1 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the bytes as they were sent, in hexadecimal.' }),
  canPreview: Type.Boolean({ description: 'Whether `content?preview=true` shows it.' }),
  isMissing: Type.Boolean({ description: 'True when the storage has lost its bytes. They are looked for every night.' }),
} as const;

export const DocumentVersion = Closed({
  version: Type.Integer({ minimum: 1, description: 'From 1, the highest is the newest.' }),
  ...fileFields,
  createdAt: Instant,
});
export type DocumentVersion = Static<typeof DocumentVersion>;

export const Document = Closed({
  id: Id,
  kind: DocumentKind,
  name: DocumentName,
  note: Nullable(DocumentNote),
  taxYear: Nullable(Type.Integer()),
  portfolioId: Nullable(Id),
  version: Type.Integer({ minimum: 1, description: 'The newest; what follows is about its file.' }),
  ...fileFields,
  createdAt: Instant,
  updatedAt: Instant,
});
export type Document = Static<typeof Document>;

export const exampleDocument: Document = {
  id: '01980a5e-7c1e-7000-8000-00000000d001',
  kind: 'tax',
  name: 'Annual tax certificate',
  note: 'From the broker, by post',
  taxYear: 2025,
  portfolioId: examplePortfolio.id,
  version: 1,
  fileName: 'tax-certificate-2025.pdf',
  mediaType: 'application/pdf',
  byteCount: 148_211,
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  canPreview: true,
  isMissing: false,
  createdAt: '2026-01-05T14:30:00.000Z',
  updatedAt: '2026-01-05T14:30:00.000Z',
};
