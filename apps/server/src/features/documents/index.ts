/** Documents: tax papers, certificates and statements that users keep, encrypted, with their versions. */
export type { DocumentIntake } from './document-intake.ts';
export type { ArrivedFile } from './file-store.ts';
export type { ExportedDocument } from './export-documents.ts';
export { createKeyRing } from './key-ring.ts';
export { openDocuments } from './open-documents.ts';
export type { Documents } from './open-documents.ts';
