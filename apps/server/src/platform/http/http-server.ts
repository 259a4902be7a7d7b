/** The web server: Fastify with its unsafe defaults closed, and the steps every request goes through. */
import cors from '@fastify/cors';
import multipart from '@fastify/multipart';
import websocket from '@fastify/websocket';
import type { Route } from '@holdfast/contract';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { QueryScope } from '../db/query-scope.ts';
import { newId } from '../ids.ts';
import type { RequestLine } from '../observe/index.ts';
import { AppError } from './app-error.ts';
import type { Caller, Gate } from './caller.ts';
import { createEntrance } from './entrance.ts';
import type { Limiter } from './entrance.ts';
import { answerError } from './problem.ts';
import { requireHttps } from './require-https.ts';
import { securityHeaders } from './security-headers.ts';
import { watchDeadlines } from './deadlines.ts';
import { watchRequests } from './watch-requests.ts';
import { validatorFor } from './validators.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    contract?: Route;
    /** A page or a file for browsers: open to everybody and no part of the API. */
    page?: boolean;
  }
  interface FastifyInstance {
    /** Every route of the contract that this server has bound. */
    readonly contracts: readonly Route[];
    /** Where routes live that take files. */
    readonly uploads: FastifyInstance;
  }
  interface FastifyRequest {
    caller: Caller | null;
    /** The token that was sent, whether it holds or not. */
    token: string | null;
    /** What it holds of the database while its use case works. */
    queries: QueryScope | null;
    /** When the request came in, epoch milliseconds. */
    arrivedAt: number;
    /** What its route says of itself. Fastify makes its own answer to this anew each time it is asked. */
    route: (FastifyContextConfig & { readonly url?: string }) | null;
    /** Where `watchDeadlines` keeps it. */
    place: number;
  }
}

export interface HttpOptions {
  readonly clock: Clock;
  readonly logger: FastifyBaseLogger;
  readonly gate: Gate;
  readonly limiter: Limiter;
  readonly allowedHosts: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly trustProxy: boolean | string | ((address: string, hop: number) => boolean);
  readonly requestTimeoutMs: number;
  readonly publicMarketData: boolean;
  readonly secureCookies: boolean;
  readonly production: boolean;
  /** The address with https:// that everybody must use; null lets plain HTTP in. */
  readonly httpsOnly: string | null;
  /** Writes the line of each finished request; the general way of the logger costs twice as much. */
  readonly writeRequest: (line: RequestLine) => void;
  /** Told of each finished request: route pattern, method, status, seconds. */
  readonly observe: (route: string, request: { readonly method: string; readonly status: number; readonly seconds: number }) => void;
}

const BODY_LIMIT = 1_048_576;
/** Node's limit holds for every request alike, so it is that of the slowest upload; the deadline of each route ends the others. */
const LONGEST_UPLOAD_MS = 3_600_000;

export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.logger,
    // A logger of its own for every request costs more than the line it would write; the few lines there are name the request themselves.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: LONGEST_UPLOAD_MS,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    trustProxy: options.trustProxy,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    genReqId: (raw) => requestIdOf(raw.headers['x-request-id'], options.clock),
    frameworkErrors: (error, request, reply) => void answerError(error, request as FastifyRequest, reply as unknown as FastifyReply),
  });
  app.decorateRequest('caller', null);
  app.decorateRequest('token', null);
  app.decorateRequest('queries', null);
  app.decorateRequest('arrivedAt', 0);
  app.decorateRequest('route', null);
  app.decorateRequest('place', -1);
  // A form of another site may post text/plain without being asked; bodies here are JSON or files.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorFor);
  // Answers are built by typed code; the tests hold each against its schema. At run time plain JSON is the fastest.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  app.setNotFoundHandler((request, reply) => answerError(nothingHere(app, request, reply), request, reply));
  const contracts: Route[] = [];
  app.decorate('contracts', contracts);
  app.addHook('onRoute', (definition) => {
    // Fastify adds a HEAD to each GET by itself.
    if (definition.config?.contract !== undefined && definition.method !== 'HEAD') contracts.push(definition.config.contract);
    const declared = definition.config?.contract !== undefined || definition.config?.page === true;
    // The CORS plugin answers preflights on a route of its own, before any handler.
    if (!declared && definition.method !== 'OPTIONS')
      throw new Error(`${String(definition.method)} ${definition.url} declares no permission: bind a contract route.`);
  });
  app.addHook('onRequest', createEntrance(options, securityHeaders(options.production)));
  if (options.httpsOnly !== null) requireHttps(app, options.httpsOnly);
  closeConnections(app);
  watchDeadlines(app, options);
  watchRequests(app, options);
  if (options.corsOrigins.length > 0) await app.register(cors, corsRules(options.corsOrigins));
  await app.register(websocket, { options: { maxPayload: 65_536, perMessageDeflate: false } });
  await app.register(async (uploads) => {
    await uploads.register(multipart, {
      throwFileSizeLimit: true,
      limits: { fieldNameSize: 100, fieldSize: 10_000, fields: 20, files: 1, parts: 25, headerPairs: 100 },
    });
    app.decorate('uploads', uploads);
  });
  return app;
}

/** Once the server stops: connections that clients keep open are ended as soon as their last answer is sent, or it would wait for them. */
function closeConnections(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), 100);
    app.server.once('close', () => clearInterval(timer));
  });
}

function requestIdOf(given: string | string[] | undefined, clock: Clock): string {
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : newId(clock.now());
}

function corsRules(origins: readonly string[]) {
  return {
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-request-id', 'x-csrf-token', 'x-holdfast-client'],
    exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'idempotency-replayed'],
    maxAge: 600,
  };
}

/** Where an address exists for other methods, the answer says so. */
function nothingHere(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): AppError {
  const path = (request.url.split('?', 1)[0] ?? '/').replace(/(?<=.)\/$/, '');
  const allowed = app.contracts.filter((contract) => matches(contract.path, path)).map(({ method }) => method);
  if (allowed.length === 0) return new AppError('not_found', 'There is nothing at this address.');
  void reply.header('allow', allowed.join(', '));
  return new AppError('method_not_allowed', `This address takes ${allowed.join(', ')}.`);
}

function matches(pattern: string, path: string): boolean {
  const [parts, given] = [pattern.split('/'), path.split('/')];
  return parts.length === given.length && parts.every((part, at) => part === given[at] || (part.startsWith('{') && given[at] !== ''));
}
