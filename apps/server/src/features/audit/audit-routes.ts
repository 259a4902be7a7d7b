import { Readable } from 'node:stream';
import { exportAudit, listAudit } from '@holdfast/contract/audit';
import type { ServeContext } from '../../platform/http/index.ts';
import { Answer, serve } from '../../platform/http/index.ts';
import { exportAuditLines } from './export-audit.ts';
import { listAuditEntries } from './list-audit-entries.ts';

export function bindAuditRoutes(context: ServeContext): void {
  serve(context, listAudit, (ask) => listAuditEntries(context.db, ask.query));
  serve(
    context,
    exportAudit,
    ({ query }) =>
      new Answer(200, Readable.from(exportAuditLines(context.db, query), { objectMode: false }), {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': 'attachment; filename="audit.csv"',
        'cache-control': 'no-store',
      }),
  );
}
