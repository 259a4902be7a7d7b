import type { AnswerOf, BodyOf, QueryOf } from '@holdfast/contract';
import type { changeDocument, getDocument, getDocumentUsage, listDocuments, listDocumentVersions } from '@holdfast/contract/documents';

export type Document = AnswerOf<typeof getDocument>;
export type DocumentKind = Document['kind'];
export type DocumentQuery = QueryOf<typeof listDocuments>;
export type DocumentChange = BodyOf<typeof changeDocument>;
export type DocumentUsage = AnswerOf<typeof getDocumentUsage>;
export type DocumentVersion = AnswerOf<typeof listDocumentVersions>['items'][number];
/** What is noted about a document when it is sent. */
export interface NewDocument {
  readonly kind?: DocumentKind;
  readonly portfolioId?: string;
  readonly note?: string;
  readonly taxYear?: number;
}
