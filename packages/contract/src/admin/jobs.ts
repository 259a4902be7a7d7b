import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import { Closed, Instant, Nullable, OneOf, Page, PageQuery } from '../shapes.ts';

export const JOB_STATES = ['waiting', 'running', 'failing', 'dead'] as const;

export const AdminJob = Closed({
  id: Type.String({ examples: ['1042'] }),
  name: Type.String({ examples: ['make-report'] }),
  state: OneOf(JOB_STATES, {
    description: 'failing: the last attempt failed, and another comes. dead: the last of all failed; it waits for somebody’s word.',
  }),
  attempts: Type.Integer({ minimum: 0 }),
  mostAttempts: Type.Integer({ minimum: 1 }),
  runAt: Instant,
  startedAt: Nullable(Instant),
  lastError: Nullable(Type.String()),
  createdAt: Instant,
});
export type AdminJob = Static<typeof AdminJob>;

const params = Closed({ id: Type.String({ maxLength: 40 }) });
const tag = 'Administration';
const example: AdminJob = {
  id: '1042',
  name: 'make-report',
  state: 'dead',
  attempts: 4,
  mostAttempts: 4,
  runAt: '2026-01-05T14:30:00.000Z',
  startedAt: null,
  lastError: 'The disk is full.',
  createdAt: '2026-01-05T14:00:00.000Z',
};

export const listJobs = route({
  name: 'listJobs',
  method: 'GET',
  path: '/api/v1/admin/jobs',
  tag,
  summary: 'Jobs that wait, run or have failed, the newest first. One that has succeeded is gone.',
  access: 'admin',
  scope: 'admin',
  query: Closed({
    state: Type.Optional(OneOf(JOB_STATES)),
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name.' })),
    ...PageQuery,
  }),
  answers: { 200: Page(AdminJob) },
  errors: [],
  example: { query: { state: 'dead' }, answer: { items: [example], nextCursor: null } },
});

export const retryJob = route({
  name: 'retryJob',
  method: 'POST',
  path: '/api/v1/admin/jobs/{id}/retry',
  tag,
  summary: 'Have a job run at once, with all its attempts before it.',
  access: 'admin',
  scope: 'admin',
  params,
  answers: { 200: AdminJob },
  errors: ['conflict'],
  example: { params: { id: '1042' }, answer: { ...example, state: 'failing', attempts: 0 } },
});

export const removeJob = route({
  name: 'removeJob',
  method: 'DELETE',
  path: '/api/v1/admin/jobs/{id}',
  tag,
  summary: 'Give up a job that does not run.',
  access: 'admin',
  scope: 'admin',
  params,
  answers: { 204: null },
  errors: ['conflict'],
  example: { params: { id: '1042' } },
});
