/** Imports on the wire: files of ticks and statements of brokers, and what came of them. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Id, Instant, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';

export const ImportStatus = OneOf(['queued', 'running', 'previewed', 'done', 'failed'] as const, {
  description: '`previewed`: a statement that waits for its owner’s word.',
});
export type ImportStatus = Static<typeof ImportStatus>;

const Rows = Type.Integer({ minimum: 0 });

/** What the stream sends on `imports:ID`, a fact at each step. */
export const ImportEvent = Closed({
  status: ImportStatus,
  progress: Type.Number({ minimum: 0, maximum: 1, description: 'How much of the file was read; 1 is all of it.' }),
  rowsRead: Rows,
  rowsStored: Rows,
  rowsFlagged: Rows,
  rowsRejected: Rows,
  detail: Nullable(Type.String()),
});
export type ImportEvent = Static<typeof ImportEvent>;

const importFields = {
  id: Id,
  kind: OneOf(['ticks', 'statement'] as const),
  fileName: Type.String(),
  byteCount: Type.Integer(),
  zone: Nullable(Type.String({ description: 'The time zone that was given for the file’s times. Null: that of each ticker’s exchange.' })),
  status: ImportStatus,
  rowsRead: Rows,
  rowsStored: Rows,
  rowsFlagged: Type.Integer({ minimum: 0, description: 'Stored rows that look odd: outside the session, a bid above the ask, …' }),
  rowsRejected: Type.Integer({ minimum: 0, description: 'Rows that could not be read and were kept out.' }),
  detail: Nullable(
    Type.String({ description: 'Why it failed: nothing of it is stored then. Or what else is to be known, such as times taken for UTC.' }),
  ),
  createdAt: Instant,
  startedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
} as const;

export const ImportSummary = Closed(importFields);
export type ImportSummary = Static<typeof ImportSummary>;

export const RejectedRow = Closed({
  file: Type.String({ description: 'The CSV file, with the archives it lies in.' }),
  line: Type.Integer({ description: 'From 1, the header included.' }),
  column: Nullable(Type.String({ description: 'Null when it is the row as a whole.' })),
  message: Type.String(),
  row: Type.String({ description: 'How the row begins.' }),
});
export type RejectedRow = Static<typeof RejectedRow>;

export const TickImport = Closed({
  ...importFields,
  errors: Type.Array(RejectedRow, { description: 'The first 1,000 rejected rows; `rowsRejected` counts all.' }),
});
export type TickImport = Static<typeof TickImport>;

const summary: ImportSummary = {
  id: '01936b2e-7c00-7000-8000-0000000000d1',
  kind: 'ticks',
  fileName: 'GFDLCM_STOCK_TICK_01072025.zip',
  byteCount: 31_368_362,
  zone: null,
  status: 'done',
  rowsRead: 2_000_000,
  rowsStored: 1_999_999,
  rowsFlagged: 412,
  rowsRejected: 1,
  detail: null,
  createdAt: '2026-01-05T14:30:00.000Z',
  startedAt: '2026-01-05T14:30:00.120Z',
  finishedAt: '2026-01-05T14:30:12.480Z',
};

export const importTicks = route({
  name: 'importTicks',
  method: 'POST',
  path: '/api/v1/imports/ticks',
  tag: 'imports',
  summary: 'Import a file of ticks.',
  description: `A CSV file, or a zip of CSV files, also within further zips. Header: Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest; dates DD/MM/YYYY; the exchange after the ticker (AIG.NYSE).
The answer comes when the file has arrived; it is read afterwards. All of it becomes visible at once, or nothing. A file that was imported before is refused with \`import_exists\`, whose \`existingId\` names that import.`,
  access: 'admin',
  scope: 'admin',
  upload: 'multipart',
  body: Closed({
    file: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary', description: 'CSV or zip, told by its content.' }),
    zone: Type.Optional(
      Type.String({
        maxLength: 64,
        description: 'IANA name of the zone in which the file’s times are written, where it is not that of each ticker’s exchange.',
        examples: ['Asia/Kolkata'],
      }),
    ),
  }),
  answers: { 202: Closed({ importId: Id }) },
  errors: ['import_exists', 'too_large', 'unsupported_media_type', 'unparsable'],
  idempotent: 'by-the-desk',
  timeoutMs: 3_600_000,
  example: { answer: { importId: summary.id } },
});

export const listImports = route({
  name: 'listImports',
  method: 'GET',
  path: '/api/v1/imports',
  tag: 'imports',
  summary: 'Imports, the newest first.',
  description: 'Your own; an administrator sees all.',
  access: 'user',
  scope: 'read',
  query: Closed({ status: Type.Optional(ImportStatus), ...PageQuery }),
  answers: { 200: Page(ImportSummary) },
  errors: [],
  example: { query: { limit: 1 }, answer: { items: [summary], nextCursor: null } },
});

export const getImport = route({
  name: 'getImport',
  method: 'GET',
  path: '/api/v1/imports/{id}',
  tag: 'imports',
  summary: 'One import: how far it is, and what was rejected.',
  description: 'For whoever started it, and for administrators.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  answers: { 200: TickImport },
  errors: [],
  example: {
    params: { id: summary.id },
    answer: {
      ...summary,
      errors: [
        {
          file: 'GFDLCM_STOCK_TICK_01072025.zip/RELIANCE.NSE.csv',
          line: 812,
          column: 'LTP',
          message: '"n/a" is no number: at most 20 digits before and 18 after the point.',
          row: 'RELIANCE.NSE,01/07/2025,09:31:07,n/a,1500.1,10,1500.3,25,0,0',
        },
      ],
    },
  },
});

export const importsRoutes: readonly Route[] = [importTicks, listImports, getImport];
