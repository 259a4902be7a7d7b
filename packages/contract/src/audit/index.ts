/** The record of what was done that concerns security or money. */
import { Type } from 'typebox';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { Closed, Id, Instant, Nullable, Page, PageQuery } from '../shapes.ts';

export const AuditEntry = Closed({
  id: Id,
  at: Instant,
  actorId: Nullable(Id),
  action: Type.String({ examples: ['session.opened'] }),
  subjectKind: Type.String({ examples: ['session'] }),
  subjectId: Type.String(),
  requestId: Nullable(Type.String()),
  ip: Nullable(Type.String()),
  details: Type.Object({}, { additionalProperties: true }),
});

const word = Type.String({ maxLength: 64 });

const filters = {
  actorId: Type.Optional(Id),
  action: Type.Optional(word),
  subjectKind: Type.Optional(word),
  subjectId: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
} as const;

export const listAudit = route({
  name: 'listAudit',
  method: 'GET',
  path: '/api/v1/admin/audit',
  tag: 'Administration',
  summary: 'What was done, newest first.',
  access: 'admin',
  scope: 'admin',
  query: Closed({
    ...PageQuery,
    ...filters,
  }),
  answers: { 200: Page(AuditEntry) },
  errors: [],
  example: {
    query: { action: 'session.opened' },
    answer: {
      items: [
        {
          id: '01936f2e-8c00-7000-8000-000000000003',
          at: '2026-01-05T14:30:00.000Z',
          actorId: '01936f2e-8c00-7000-8000-000000000001',
          action: 'session.opened',
          subjectKind: 'session',
          subjectId: '01936f2e-8c00-7000-8000-000000000002',
          requestId: '01936f2e-8c00-7000-8000-000000000004',
          ip: '203.0.113.7',
          details: {},
        },
      ],
      nextCursor: null,
    },
  },
});

export const exportAudit = route({
  name: 'exportAudit',
  method: 'GET',
  path: '/api/v1/admin/audit.csv',
  tag: 'Administration',
  summary: 'The same as a CSV file, the newest first, as far as it goes back.',
  description: 'One line per entry, `details` as JSON. Text that a spreadsheet would take for a formula begins with an apostrophe.',
  access: 'admin',
  scope: 'admin',
  query: Closed(filters),
  answers: { 200: Type.Unsafe<string>({ type: 'string', description: 'at,actorId,action,subjectKind,subjectId,requestId,ip,details' }) },
  produces: 'text/csv',
  errors: [],
  timeoutMs: 600_000,
  example: { query: { action: 'session.opened' } },
});

export const auditRoutes: readonly Route[] = [listAudit, exportAudit];
