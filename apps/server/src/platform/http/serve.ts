/** Binds a use case to a contract route. */
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route } from '@holdfast/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/pool.ts';
import { openQueryScope } from '../db/query-scope.ts';
import { AppError } from './app-error.ts';
import type { Caller } from './caller.ts';
import { onlyOnce, requestHash } from './idempotency.ts';
import { sendText } from './send-text.ts';

export interface Ask<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** Who asks; null only on public and market routes. */
  readonly caller: R['access'] extends 'user' | 'admin' ? Caller : Caller | null;
  readonly requestId: string;
  readonly ip: string;
  readonly userAgent: string;
  /** For effects that keep their own keys (the order desk). */
  readonly idempotencyKey: string | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** An answer with a status of its own, or already serialised. */
export class Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** JSON text made elsewhere, sent as it is. */
export class Serialised {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Outcome<R extends Route> = AnswerOf<R> | Answer | Serialised;
export type UseCase<R extends Route> = (ask: Ask<R>) => Outcome<R> | Promise<Outcome<R>>;

export interface ServeContext {
  readonly app: FastifyInstance;
  readonly db: Db;
  readonly clock: Clock;
  /**
   * False for use cases that are answered from memory or by the desk: they hold no connection of their own, so the deadline has nothing to
   * stop, and following them through all they await would cost them more than they do.
   */
  readonly scoped?: boolean;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function serve<const R extends Route>({ app, db, clock, scoped = true }: ServeContext, contract: R, useCase: UseCase<R>): void {
  const firstStatus = Number(Object.keys(contract.answers)[0] ?? 200);
  const keyed = contract.idempotent === 'replayed' || contract.idempotent === 'secret';
  // The files of a form are read in a scope of their own: what it takes would cost every other request too.
  const scope = contract.upload === undefined ? app : app.uploads;
  scope.route({
    method: contract.method,
    url: contract.path.replace(/\{(\w+)\}/g, ':$1'),
    config: { contract },
    schema: {
      ...(contract.params === undefined ? {} : { params: contract.params }),
      ...(contract.query === undefined ? {} : { querystring: contract.query }),
      ...(contract.body === undefined || contract.upload !== undefined ? {} : { body: contract.body }),
    },
    handler: (request, reply) => {
      const ask = askOf<R>(request, reply);
      if (keyed && ask.idempotencyKey !== undefined && request.caller !== null) {
        const { caller } = request;
        return withinScope(request, () => answerOnce(ask, caller));
      }
      const outcome = scoped ? withinScope(request, () => useCase(ask)) : useCase(ask);
      if (!(outcome instanceof Promise)) return send(reply, outcome, firstStatus);
      // Awaited here and not by Fastify, which would wait for the reply as well.
      void sendLater(reply, outcome, firstStatus);
      return undefined;
    },
  });

  async function answerOnce(ask: Ask<R>, caller: Caller): Promise<FastifyReply> {
    const hash = requestHash(contract.name, ask.request.url, ask.body);
    const keyedRequest = {
      userId: caller.userId,
      key: ask.idempotencyKey ?? '',
      operation: contract.name,
      hash,
      showsSecret: contract.idempotent === 'secret',
    };
    const answer = await onlyOnce({ db, now: clock.now() }, keyedRequest, async () => {
      const made = await useCase(ask);
      const status = made instanceof Answer ? made.status : firstStatus;
      return { status, body: textOf(made instanceof Answer ? made.body : made) };
    });
    if (answer.replayed) void ask.reply.header('idempotency-replayed', 'true');
    return ask.reply
      .code(answer.status)
      .header('content-type', JSON_TYPE)
      .send(answer.body === '' ? undefined : answer.body);
  }
}

/** Lets the deadline stop what the work has running in the database. */
function withinScope<Outcome>(request: FastifyRequest, work: () => Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
  const scope = openQueryScope();
  request.queries = scope;
  const outcome = scope.run(work);
  if (!(outcome instanceof Promise)) {
    scope.end();
    return outcome;
  }
  return outcome.finally(() => scope.end());
}

function askOf<R extends Route>(request: FastifyRequest, reply: FastifyReply): Ask<R> {
  return {
    params: request.params as ParamsOf<R>,
    query: request.query as QueryOf<R>,
    body: request.body as BodyOf<R>,
    caller: request.caller as Ask<R>['caller'],
    requestId: request.id,
    ip: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, 300) ?? '',
    idempotencyKey: keyOf(request),
    request,
    reply,
  };
}

function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new AppError('invalid_value', 'Idempotency-Key must be 1 to 200 printable characters without spaces.');
  return key;
}

/** Answers the reply where it is still to be sent, else nothing. */
function send(reply: FastifyReply, outcome: unknown, firstStatus: number): FastifyReply | undefined {
  if (reply.sent) return undefined;
  if (outcome instanceof Serialised) return sendText(reply.code(firstStatus).header('content-type', JSON_TYPE), outcome.text);
  if (!(outcome instanceof Answer)) {
    void reply.code(firstStatus);
    return outcome === undefined ? sendNothing(reply) : sendText(reply.header('content-type', JSON_TYPE), JSON.stringify(outcome));
  }
  const { body } = outcome;
  void reply.code(outcome.status).headers(outcome.headers);
  if (body === undefined) return sendNothing(reply);
  if (outcome.headers['content-type'] === undefined) return sendText(reply.header('content-type', JSON_TYPE), textOf(body));
  if (typeof body === 'string') return sendText(reply, body);
  void reply.send(body);
  return undefined;
}

function sendNothing(reply: FastifyReply): undefined {
  void reply.send();
}

async function sendLater(reply: FastifyReply, outcome: Promise<unknown>, firstStatus: number): Promise<void> {
  try {
    send(reply, await outcome, firstStatus);
  } catch (error) {
    if (!reply.sent) void reply.send(error instanceof Error ? error : new Error(String(error)));
  }
}

function textOf(body: unknown): string {
  if (body instanceof Serialised) return body.text;
  return body === undefined ? '' : JSON.stringify(body);
}
