/** Exports: everything a user has here as one zip, and such a zip brought into an account. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Id, Instant, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';

export const ExportStatus = OneOf(['queued', 'running', 'done', 'failed']);
export type ExportStatus = Static<typeof ExportStatus>;

export const AccountExport = Closed({
  id: Id,
  status: ExportStatus,
  progress: Type.Number({ minimum: 0, maximum: 1, description: 'How much of it is written; 1 is all.' }),
  fileName: Nullable(Type.String()),
  byteCount: Nullable(Type.Integer()),
  detail: Nullable(Type.String({ description: 'Why it failed.' })),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
  expiresAt: Type.String({ format: 'date-time', description: 'It is removed some time after this.' }),
});
export type AccountExport = Static<typeof AccountExport>;

const Count = Type.Integer({ minimum: 0 });
const LEFT_OUT_KINDS = ['portfolio', 'watchlist', 'watchlistItem', 'alert', 'instrument'] as const;

/** What an import brought, and what it did not bring and why. */
export const AccountImport = Closed({
  portfolios: Count,
  transactions: Count,
  instruments: Count,
  watchlists: Count,
  watchlistItems: Count,
  alerts: Count,
  documents: Count,
  leftOut: Type.Array(Closed({ kind: OneOf(LEFT_OUT_KINDS), name: Type.String(), reason: Type.String() })),
});
export type AccountImport = Static<typeof AccountImport>;

const tag = 'Exports';
const File = Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary', description: 'The zip.' });
const byId = Closed({ id: Id });
const example: AccountExport = {
  id: '01980a5e-7c1e-7000-8000-00000000f101',
  status: 'done',
  progress: 1,
  fileName: 'holdfast-2026-01-05.zip',
  byteCount: 148_211,
  detail: null,
  createdAt: '2026-01-05T14:30:00.000Z',
  finishedAt: '2026-01-05T14:30:01.480Z',
  expiresAt: '2026-01-12T14:30:00.000Z',
};
const params = { id: example.id };

export const createExport = route({
  name: 'createExport',
  method: 'POST',
  path: '/api/v1/me/exports',
  tag,
  summary: 'Have everything of yours made into one zip.',
  description:
    'JSON and CSV of portfolios, transactions, orders, private instruments, watchlists and alerts, and the documents as they are. No passwords, keys or secrets. Made in the background; GET tells how far it is. The file is kept for 7 days. One at a time.',
  access: 'user',
  scope: 'write',
  answers: { 202: AccountExport },
  errors: ['conflict'],
  idempotent: 'replayed',
  example: { answer: { ...example, status: 'queued', progress: 0, fileName: null, byteCount: null, finishedAt: null } },
});

export const listExports = route({
  name: 'listExports',
  method: 'GET',
  path: '/api/v1/me/exports',
  tag,
  summary: 'Your exports, the newest first.',
  access: 'user',
  scope: 'read',
  query: Closed(PageQuery),
  answers: { 200: Page(AccountExport) },
  errors: [],
  example: { query: { limit: 1 }, answer: { items: [example], nextCursor: null } },
});

export const getExport = route({
  name: 'getExport',
  method: 'GET',
  path: '/api/v1/me/exports/{id}',
  tag,
  summary: 'One export: how far it is.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: AccountExport },
  errors: [],
  example: { params, answer: example },
});

export const getExportContent = route({
  name: 'getExportContent',
  method: 'GET',
  path: '/api/v1/me/exports/{id}/content',
  tag,
  summary: 'The zip of an export.',
  description: 'While it is being made, and when it could not be made: `conflict`.',
  access: 'user',
  scope: 'read',
  params: byId,
  answers: { 200: File },
  produces: ['application/zip'],
  errors: ['conflict'],
  timeoutMs: 600_000,
  example: { params },
});

export const deleteExport = route({
  name: 'deleteExport',
  method: 'DELETE',
  path: '/api/v1/me/exports/{id}',
  tag,
  summary: 'Remove an export and its zip.',
  description: 'One that is being made is broken off.',
  access: 'user',
  scope: 'write',
  params: byId,
  answers: { 204: null },
  errors: [],
  example: { params },
});

export const importExport = route({
  name: 'importExport',
  method: 'POST',
  path: '/api/v1/me/imports/export',
  tag,
  summary: 'Bring an export into this account.',
  description:
    'Adds private instruments, tracked portfolios with their transactions, watchlists, alerts and documents; all of it or nothing. What is there stays as it is, so the same file a second time adds a second copy. Paper portfolios are facts of the market they were traded on: they are in the file and are not brought in. `leftOut` says what was not brought and why.',
  access: 'user',
  scope: 'write',
  upload: 'multipart',
  body: Closed({
    file: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary', description: 'The zip, at most 512 MiB.' }),
  }),
  answers: { 201: AccountImport },
  errors: ['unsupported_media_type', 'unknown_symbol', 'conflict'],
  timeoutMs: 600_000,
  example: {
    answer: {
      portfolios: 2,
      transactions: 214,
      instruments: 1,
      watchlists: 1,
      watchlistItems: 12,
      alerts: 3,
      documents: 5,
      leftOut: [{ kind: 'portfolio', name: 'Practice', reason: 'A paper portfolio belongs to the market it was traded on.' }],
    },
  },
});

export const exportRoutes: readonly Route[] = [createExport, listExports, getExport, getExportContent, deleteExport, importExport];
