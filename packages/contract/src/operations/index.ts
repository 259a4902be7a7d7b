/** What whoever runs the server asks it: is it well, what does it offer, what are its figures. */
import { Type } from 'typebox';
import type { Route } from '../route.ts';
import { route } from '../route.ts';
import { Closed, OneOf } from '../shapes.ts';

export const HealthReport = Closed({
  status: OneOf(['ok', 'degraded', 'failing', 'stopping'], {
    description: 'degraded: slower or less, but right. failing and stopping answer 503: send requests elsewhere.',
  }),
  checks: Type.Array(
    Closed({ name: Type.String(), status: OneOf(['ok', 'failing', 'timeout']), durationMs: Type.Integer({ minimum: 0 }) }),
  ),
});

export const Index = Closed({
  name: Type.String(),
  version: Type.String(),
  demonstration: Type.Boolean({ description: 'Whether there is a demonstration account to look around in.' }),
  links: Type.Object({}, { additionalProperties: Type.String(), description: 'Where things are, by name.' }),
});

const wellExample = { status: 'ok', checks: [{ name: 'database', status: 'ok', durationMs: 1 }] } as const;

const health = <const Name extends string>(name: Name, path: string, summary: string) =>
  route({
    name,
    method: 'GET',
    path,
    tag: 'Operations',
    summary,
    access: 'public',
    counts: 'never',
    answers: { 200: HealthReport, 503: HealthReport },
    errors: [],
    example: { answer: wellExample },
  });

const ready = 'Whether requests should come here.';
const live = 'Whether the process should be left running.';

export const getHealth = health('getHealth', '/health', ready);
export const getReadiness = health('getReadiness', '/health/ready', ready);
export const getLiveness = health('getLiveness', '/health/live', live);
export const getApiHealth = health('getApiHealth', '/api/v1/health', ready);
export const getApiReadiness = health('getApiReadiness', '/api/v1/health/readiness', ready);
export const getApiLiveness = health('getApiLiveness', '/api/v1/health/liveness', live);
export const getRootReadiness = health('getRootReadiness', '/readiness', ready);
export const getRootLiveness = health('getRootLiveness', '/liveness', live);

export const getMetrics = route({
  name: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  tag: 'Operations',
  summary: 'Figures for Prometheus.',
  description: 'For callers on this machine, for METRICS_TOKEN as bearer token, and for administrators.',
  access: 'public',
  counts: 'never',
  answers: { 200: Type.String() },
  produces: 'text/plain',
  errors: ['unauthenticated', 'forbidden'],
  example: { answer: '# HELP http_requests_total Requests answered.\n' },
});

export const getIndex = route({
  name: 'getIndex',
  method: 'GET',
  path: '/api/v1',
  tag: 'Operations',
  summary: 'What is offered here, and where.',
  access: 'public',
  answers: { 200: Index },
  errors: [],
  example: {
    answer: { name: 'Holdfast', version: '0.1.0', demonstration: false, links: { documentation: '/docs', openapi: '/openapi.json' } },
  },
});

export const getOpenApi = route({
  name: 'getOpenApi',
  method: 'GET',
  path: '/openapi.json',
  tag: 'Operations',
  summary: 'This description, as OpenAPI 3.1.',
  access: 'public',
  answers: { 200: Type.Object({}, { additionalProperties: true }) },
  errors: [],
  example: { answer: { openapi: '3.1.0', info: { title: 'Holdfast', version: '0.1.0' }, paths: {} } },
});

export const operationsRoutes: readonly Route[] = [
  getHealth,
  getReadiness,
  getLiveness,
  getApiHealth,
  getApiReadiness,
  getApiLiveness,
  getRootReadiness,
  getRootLiveness,
  getMetrics,
  getIndex,
  getOpenApi,
];
