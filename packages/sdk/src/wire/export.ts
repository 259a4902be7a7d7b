import type { AnswerOf, QueryOf } from '@holdfast/contract';
import type { getExport, importExport, listExports } from '@holdfast/contract/exports';

export type AccountExport = AnswerOf<typeof getExport>;
export type AccountImport = AnswerOf<typeof importExport>;
export type ExportQuery = QueryOf<typeof listExports>;
