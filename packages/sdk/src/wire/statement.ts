import type { AnswerOf, BodyOf } from '@holdfast/contract';
import type { confirmStatement, getStatement } from '@holdfast/contract/statements';

export type Statement = AnswerOf<typeof getStatement>;
export type StatementRow = Statement['rows'][number];
export type StatementFormat = Statement['format'];
export type ColumnMapping = NonNullable<Statement['mapping']>;
export type StatementConfirmation = BodyOf<typeof confirmStatement>;
