/** Reports: holdings, transactions, gains, performance and income as files to keep, print and hand to a tax office. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Day, Id, Instant, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';

export const REPORT_KINDS = ['holdings', 'transactions', 'realized-gains', 'performance', 'income'] as const;
export const ReportKind = OneOf(REPORT_KINDS);
export type ReportKind = Static<typeof ReportKind>;

export const REPORT_FORMATS = ['pdf', 'xlsx', 'csv'] as const;
export const ReportFormat = OneOf(REPORT_FORMATS);
export type ReportFormat = Static<typeof ReportFormat>;

/** By format, in the order of the formats. */
export const REPORT_MEDIA_TYPES = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv',
] as const;

export const ReportStatus = OneOf(['queued', 'running', 'done', 'failed']);
export type ReportStatus = Static<typeof ReportStatus>;

const Year = Type.Integer({
  minimum: 1900,
  maximum: 2200,
  description: 'Calendar year of the portfolio’s days; not together with `from` and `to`.',
});
const Period = {
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  year: Type.Optional(Year),
} as const;
const File = Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary', description: 'The file.' });
const Progress = Type.Number({ minimum: 0, maximum: 1, description: 'How much of it is written; 1 is all.' });

/** What the stream sends on `reports:ID`, a fact at each step. */
export const ReportEvent = Closed({
  status: ReportStatus,
  progress: Progress,
  detail: Nullable(Type.String()),
});
export type ReportEvent = Static<typeof ReportEvent>;

export const Report = Closed({
  id: Id,
  portfolioId: Id,
  report: ReportKind,
  format: ReportFormat,
  from: Nullable(Day),
  to: Nullable(Day),
  year: Nullable(Type.Integer()),
  status: ReportStatus,
  progress: Progress,
  fileName: Nullable(Type.String()),
  byteCount: Nullable(Type.Integer()),
  detail: Nullable(Type.String({ description: 'Why it failed.' })),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
  expiresAt: Type.String({ format: 'date-time', description: 'It is removed some time after this.' }),
});
export type Report = Static<typeof Report>;

const tag = 'Reports';
const example: Report = {
  id: '01980a5e-7c1e-7000-8000-00000000f001',
  portfolioId: examplePortfolio.id,
  report: 'realized-gains',
  format: 'pdf',
  from: null,
  to: null,
  year: 2025,
  status: 'done',
  progress: 1,
  fileName: 'long-run-realized-gains-2025.pdf',
  byteCount: 48_211,
  detail: null,
  createdAt: '2026-01-05T14:30:00.000Z',
  finishedAt: '2026-01-05T14:30:01.480Z',
  expiresAt: '2026-01-12T14:30:00.000Z',
};

export const getPortfolioReport = route({
  name: 'getPortfolioReport',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/reports/{report}.{format}',
  tag,
  summary: 'A report of a portfolio as PDF, XLSX or CSV.',
  description:
    'In the language and time zone of the user; days are those of the portfolio. The PDF shows charts and how each figure is computed, the XLSX has typed cells and totals as formulas, the CSV one row per line with exact decimals and the field names of this API. Text that a spreadsheet would take for a formula begins with an apostrophe in XLSX and CSV. `holdings` is of this moment and takes no period. A report that is too large to wait for is refused with `report_too_large`: ask for it by `POST /api/v1/reports`.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id, report: ReportKind, format: ReportFormat }),
  query: Closed(Period),
  answers: { 200: File },
  produces: REPORT_MEDIA_TYPES,
  errors: ['report_too_large'],
  timeoutMs: 60_000,
  example: { params: { id: examplePortfolio.id, report: 'realized-gains', format: 'pdf' }, query: {} },
});

export const createReport = route({
  name: 'createReport',
  method: 'POST',
  path: '/api/v1/reports',
  tag,
  summary: 'Have a report made.',
  description:
    'For reports of any size. Its progress is told on the channel `reports:ID` of the stream and by GET; the file is kept for 7 days. At most 5 of a user are under way at a time.',
  access: 'user',
  scope: 'write',
  body: Closed({ portfolioId: Id, report: ReportKind, format: ReportFormat, ...Period }),
  answers: { 202: Closed({ reportId: Id }) },
  errors: ['not_found', 'conflict'],
  idempotent: 'replayed',
  example: {
    body: { portfolioId: examplePortfolio.id, report: 'realized-gains', format: 'pdf', year: 2025 },
    answer: { reportId: example.id },
  },
});

export const listReports = route({
  name: 'listReports',
  method: 'GET',
  path: '/api/v1/reports',
  tag,
  summary: 'Reports that were made for you or are being made, the newest first.',
  access: 'user',
  scope: 'read',
  query: Closed({ portfolioId: Type.Optional(Id), status: Type.Optional(ReportStatus), ...PageQuery }),
  answers: { 200: Page(Report) },
  errors: [],
  example: { query: { limit: 1 }, answer: { items: [example], nextCursor: null } },
});

export const getReport = route({
  name: 'getReport',
  method: 'GET',
  path: '/api/v1/reports/{id}',
  tag,
  summary: 'One report: how far it is.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  answers: { 200: Report },
  errors: [],
  example: { params: { id: example.id }, answer: example },
});

export const getReportContent = route({
  name: 'getReportContent',
  method: 'GET',
  path: '/api/v1/reports/{id}/content',
  tag,
  summary: 'The file of a report.',
  description: 'While it is being made: `report_not_ready`.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  answers: { 200: File },
  produces: REPORT_MEDIA_TYPES,
  errors: ['report_not_ready'],
  timeoutMs: 600_000,
  example: { params: { id: example.id } },
});

export const deleteReport = route({
  name: 'deleteReport',
  method: 'DELETE',
  path: '/api/v1/reports/{id}',
  tag,
  summary: 'Remove a report and its file.',
  description: 'One that is being made is broken off.',
  access: 'user',
  scope: 'write',
  params: Closed({ id: Id }),
  answers: { 204: null },
  errors: [],
  example: { params: { id: example.id } },
});

export const reportRoutes: readonly Route[] = [getPortfolioReport, createReport, listReports, getReport, getReportContent, deleteReport];
