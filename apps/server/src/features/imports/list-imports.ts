import type { ImportStatus, ImportSummary } from '@holdfast/contract/imports';
import { page, readCursor, writeCursor } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';
import type { Db } from '../../platform/db/pool.ts';
import { summaryOf } from './get-import.ts';
import { selectImports } from './import-store.ts';

export interface ImportsAsked {
  readonly status?: ImportStatus | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

const PAGE = 50;
const LIST = 'imports';

/** The newest first: a user's own, an administrator's everybody's. */
export async function listImports(
  { db }: { readonly db: Db },
  caller: Caller,
  { status, limit = PAGE, cursor }: ImportsAsked,
): Promise<{ items: ImportSummary[]; nextCursor: string | null }> {
  const after = readCursor(LIST, cursor, 1)?.[0] ?? null;
  const userId = caller.role === 'admin' ? null : caller.userId;
  const records = await selectImports(db, { userId, status, after, limit: limit + 1 });
  return page(records, limit, { item: summaryOf, cursor: ({ id }) => writeCursor(LIST, [id]) });
}
