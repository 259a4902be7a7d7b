import type { AnswerOf } from '@holdfast/contract';
import type { getImport, listImports } from '@holdfast/contract/imports';

export type TickImport = AnswerOf<typeof getImport>;
export type ImportStatus = TickImport['status'];
export type RejectedRow = TickImport['errors'][number];
export type ImportSummary = AnswerOf<typeof listImports>['items'][number];
