import { Readable } from 'node:stream';
import {
  createReport,
  deleteReport as deleteContract,
  getPortfolioReport,
  getReport,
  getReportContent,
  listReports as listContract,
  REPORT_FORMATS,
  REPORT_MEDIA_TYPES,
} from '@holdfast/contract/reports';
import type { ReportFormat } from '@holdfast/contract/reports';
import { Answer, AppError, notFound, page, readCursor, serve, writeCursor } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import { describeReport } from './describe-report.ts';
import { estimateRows, ownState } from './gather-report.ts';
import { makeFile, readOnce } from './make-file.ts';
import type { MakeFileNeeds } from './make-file.ts';
import { periodOf } from './report-asked.ts';
import type { ReportAsked } from './report-asked.ts';
import { deleteReport, findReport, reportFiles, selectReports } from './report-store.ts';
import type { ReportRecord } from './report-store.ts';
import { startReport } from './start-report.ts';

const AT_ONCE_MS = 55_000;
/** What can be made while somebody waits. Paper takes the longest. */
const MOST_ROWS_AT_ONCE: Readonly<Record<ReportFormat, number>> = { pdf: 5_000, xlsx: 50_000, csv: 100_000 };
const LIST = 'reports';

export function bindReportRoutes(context: ServeContext, needs: MakeFileNeeds): void {
  const { db } = needs;
  const own = async (userId: string, id: string): Promise<ReportRecord> => {
    const record = await findReport(db, { id, userId });
    if (record === null) throw notFound('report');
    return record;
  };

  serve(context, getPortfolioReport, async ({ caller, params, query }) => {
    const asked: ReportAsked = {
      portfolioId: params.id,
      kind: params.report,
      format: params.format,
      period: periodOf(params.report, query),
    };
    const rows = await estimateRows(needs, await ownState(needs, caller.userId, params.id), asked);
    if (rows > MOST_ROWS_AT_ONCE[asked.format]) {
      const most = MOST_ROWS_AT_ONCE[asked.format];
      const detail = `The report would have ${rows} rows, and up to ${most} are made into ${asked.format} at once. Take a shorter period, or POST /api/v1/reports.`;
      throw new AppError('report_too_large', detail);
    }
    const file = await makeFile(needs, { userId: caller.userId, asked, timeoutMs: AT_ONCE_MS });
    return fileAnswer(readOnce(file), { name: file.name, byteCount: file.byteCount, format: asked.format });
  });

  serve(context, createReport, async ({ caller, body }) => {
    const { portfolioId, report, format, ...period } = body;
    await ownState(needs, caller.userId, portfolioId);
    return { reportId: await startReport(needs, caller.userId, { portfolioId, kind: report, format, period: periodOf(report, period) }) };
  });

  serve(context, listContract, async ({ caller, query }) => {
    const { portfolioId, status, limit = 50 } = query;
    const after = readCursor(LIST, query.cursor, [isId])?.[0] ?? null;
    const records = await selectReports(db, { userId: caller.userId, portfolioId, status, after, limit: limit + 1 });
    return page(records, limit, { item: describeReport, cursor: ({ id }) => writeCursor(LIST, [id]) });
  });

  serve(context, getReport, async ({ caller, params }) => describeReport(await own(caller.userId, params.id)));

  serve(context, getReportContent, async ({ caller, params }) => {
    const { id, status, detail, fileName, byteCount, format } = await own(caller.userId, params.id);
    if (status === 'failed') throw new AppError('report_not_ready', detail ?? 'The report could not be made. Ask for it again.');
    if (fileName === null || byteCount === null) throw new AppError('report_not_ready', 'The report is being made. Wait until it is done.');
    return fileAnswer(Readable.from(reportFiles.read(db, id), { objectMode: false }), { name: fileName, byteCount, format });
  });

  serve(context, deleteContract, async ({ caller, params }) => {
    if (!(await deleteReport(db, { id: params.id, userId: caller.userId }))) throw notFound('report');
    return new Answer(204, undefined);
  });
}

function fileAnswer(
  body: Readable,
  { name, byteCount, format }: { readonly name: string; readonly byteCount: number; readonly format: ReportFormat },
): Answer {
  const type = REPORT_MEDIA_TYPES[REPORT_FORMATS.indexOf(format)] ?? 'application/octet-stream';
  return new Answer(200, body, {
    'content-type': format === 'csv' ? `${type}; charset=utf-8; header=present` : type,
    'content-length': String(byteCount),
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
}
