import type { Document, DocumentFields } from '@holdfast/contract/documents';
import type { DocumentCaller } from './document-needs.ts';
import type { ArrivedFile } from './file-store.ts';

/** The ways by which documents come in, for others than the routes of documents. */
export interface DocumentIntake {
  /** Takes a file into the storage. It belongs to nothing yet: keep it, or let go of it. */
  receive(userId: string, sent: { readonly content: AsyncIterable<Buffer>; readonly fileName: string }): Promise<ArrivedFile>;
  keep(
    caller: DocumentCaller,
    asked: {
      readonly file: ArrivedFile;
      readonly notes: {
        readonly kind: NonNullable<DocumentFields['kind']>;
        readonly name: string | null;
        readonly portfolioId: string | null;
        readonly note: string | null;
        readonly taxYear: number | null;
      };
    },
  ): Promise<Document>;
  keepVersion(caller: DocumentCaller, asked: { readonly file: ArrivedFile; readonly id: string }): Promise<Document>;
  discard(name: string): Promise<void>;
}
