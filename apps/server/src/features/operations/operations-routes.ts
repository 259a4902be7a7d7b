import {
  getApiHealth,
  getApiLiveness,
  getApiReadiness,
  getHealth,
  getIndex,
  getLiveness,
  getMetrics,
  getOpenApi,
  getReadiness,
  getRootLiveness,
  getRootReadiness,
} from '@holdfast/contract/operations';
import { Answer, Serialised, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { Health, Metrics } from '../../platform/observe/index.ts';
import { admitToMetrics } from './admit-to-metrics.ts';

export interface OperationsNeeds {
  readonly health: Health;
  readonly metrics: Metrics;
  readonly metricsToken: string | null;
  readonly version: string;
  /** Open where there is a demonstration account to sign in to. */
  readonly demonstration: { readonly login: object | null };
  /** The OpenAPI document as JSON text; made once, since it never changes while the server runs. */
  readonly openApiText: string;
}

export function bindOperationsRoutes(context: ServeContext, needs: OperationsNeeds): void {
  const ready = async () => reportOf(needs.health, 'ready');
  const live = async () => reportOf(needs.health, 'live');
  serve(context, getHealth, ready);
  serve(context, getReadiness, ready);
  serve(context, getApiHealth, ready);
  serve(context, getApiReadiness, ready);
  serve(context, getRootReadiness, ready);
  serve(context, getLiveness, live);
  serve(context, getApiLiveness, live);
  serve(context, getRootLiveness, live);
  serve(context, getMetrics, async (ask) => {
    admitToMetrics(needs.metricsToken, {
      caller: ask.caller,
      authorization: ask.request.headers.authorization,
      address: ask.request.socket.remoteAddress,
      forwarded: ask.request.headers['x-forwarded-for'] !== undefined || ask.request.headers.forwarded !== undefined,
    });
    return new Answer(200, await needs.metrics.text(), { 'content-type': needs.metrics.contentType });
  });
  serve(context, getIndex, () => ({
    name: 'Holdfast',
    version: needs.version,
    demonstration: needs.demonstration.login !== null,
    links: LINKS,
  }));
  const openApi = new Serialised(needs.openApiText);
  serve(context, getOpenApi, () => openApi);
}

async function reportOf(health: Health, question: 'live' | 'ready') {
  const { status, healthy, checks } = await health.report(question);
  return new Answer(healthy ? 200 : 503, { status, checks });
}

const LINKS = {
  documentation: '/docs',
  openapi: '/openapi.json',
  health: '/api/v1/health',
  register: '/api/v1/auth/register',
  login: '/api/v1/auth/login',
  me: '/api/v1/me',
  instruments: '/api/v1/instruments',
  quotes: '/api/v1/quotes',
  portfolios: '/api/v1/portfolios',
  stream: '/api/v1/stream',
} as const;
