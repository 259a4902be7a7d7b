import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Id, Instant, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';

export const AUDIENCES = ['all', 'standard', 'premium', 'admin'] as const;

const Words = Closed({
  title: Type.String({ minLength: 1, maxLength: 120 }),
  body: Type.String({ maxLength: 2_000 }),
});
const NewFields = {
  audience: OneOf(AUDIENCES, { description: 'Everybody, or the users of one role.' }),
  severity: OneOf(['info', 'warning', 'critical'] as const),
  en: Words,
  de: Words,
} as const;

export const Announcement = Closed({
  id: Id,
  ...NewFields,
  createdBy: Nullable(Id),
  createdAt: Instant,
  toldCount: Type.Integer({ minimum: 0, description: 'Users who were told so far.' }),
  finishedAt: Nullable(Instant),
});
export type Announcement = Static<typeof Announcement>;

const tag = 'Administration';
const example: Announcement = {
  id: '01936f2e-8c00-7000-8000-0000000000b1',
  audience: 'all',
  severity: 'warning',
  en: { title: 'Maintenance on Sunday', body: 'From 06:00 to 06:30 UTC nothing can be traded.' },
  de: { title: 'Wartung am Sonntag', body: 'Von 06:00 bis 06:30 UTC kann nicht gehandelt werden.' },
  createdBy: '01936f2e-8c00-7000-8000-000000000001',
  createdAt: '2026-01-05T14:30:00.000Z',
  toldCount: 120,
  finishedAt: '2026-01-05T14:30:02.000Z',
};

export const createAnnouncement = route({
  name: 'createAnnouncement',
  method: 'POST',
  path: '/api/v1/admin/announcements',
  tag,
  summary: 'Tell users something, each in their language and by the channels they chose for announcements.',
  access: 'admin',
  scope: 'admin',
  body: Closed(NewFields),
  answers: { 201: Announcement },
  errors: [],
  idempotent: 'replayed',
  example: {
    body: { audience: 'all', severity: 'warning', en: example.en, de: example.de },
    answer: { ...example, toldCount: 0, finishedAt: null },
  },
});

export const listAnnouncements = route({
  name: 'listAnnouncements',
  method: 'GET',
  path: '/api/v1/admin/announcements',
  tag,
  summary: 'What users were told by administrators, the newest first.',
  access: 'admin',
  scope: 'admin',
  query: Closed({ ...PageQuery }),
  answers: { 200: Page(Announcement) },
  errors: [],
  example: { query: {}, answer: { items: [example], nextCursor: null } },
});
