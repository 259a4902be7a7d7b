/** Documents, wired: their routes, the jobs that keep rows and bytes together, and what goes with a user. */
import type { Tx } from '../../platform/db/transact.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import type { Logger } from '../../platform/observe/index.ts';
import type { DocumentIntake } from './document-intake.ts';
import { eraseDocuments } from './delete-document.ts';
import type { DocumentNeeds } from './document-needs.ts';
import { bindDocumentRoutes } from './document-routes.ts';
import { exportDocuments } from './export-documents.ts';
import type { ExportedDocument } from './export-documents.ts';
import { keepDocument, keepVersion } from './keep-document.ts';
import { discardFile, receiveFile } from './receive-file.ts';
import { documentJobs } from './reconcile-documents.ts';

export interface Documents {
  readonly jobs: readonly Job[];
  bindRoutes(context: ServeContext): void;
  /** Every version of every document of a user, or of those linked to a portfolio. */
  export(userId: string, of?: { readonly portfolioId?: string }): AsyncIterable<ExportedDocument>;
  /** For whoever brings documents otherwise than by a request: files are received first, then kept in one transaction, or discarded. */
  readonly intake: DocumentIntake;
  /** In the transaction that erases a user. */
  readonly onUserErased: (tx: Tx, userId: string) => Promise<void>;
  close(): void;
}

export function openDocuments(needs: DocumentNeeds & { readonly logger: Pick<Logger, 'info' | 'error'> }): Documents {
  return {
    jobs: documentJobs(needs),
    bindRoutes: (context) => bindDocumentRoutes(context, needs),
    export: (userId, of) => exportDocuments(needs, userId, of),
    intake: {
      receive: (userId, sent) => receiveFile(needs, userId, sent),
      keep: (caller, asked) => keepDocument(needs, caller, asked),
      keepVersion: (caller, asked) => keepVersion(needs, caller, asked),
      discard: (name) => discardFile(needs, name),
    },
    onUserErased: (tx, userId) => eraseDocuments(needs, tx, userId),
    close: () => needs.storage.close(),
  };
}
