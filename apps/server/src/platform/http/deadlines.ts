/** Answers 504 when a request has taken too long, and has the database stop what still runs for it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { QueryScope } from '../db/query-scope.ts';
import { AppError } from './app-error.ts';
import { answerError } from './problem.ts';

const LOOK_EVERY_MS = 250;

export function watchDeadlines(app: FastifyInstance, options: { readonly clock: Clock; readonly requestTimeoutMs: number }): void {
  // Places that are used again and again: on every request, a map keyed by requests costs twenty times as much.
  const underWay: (FastifyReply | null)[] = [];
  const free: number[] = [];
  const forget = (request: FastifyRequest): void => {
    if (request.place < 0) return;
    underWay[request.place] = null;
    free.push(request.place);
    request.place = -1;
  };
  app.addHook('onRequest', (request, reply, done) => {
    request.place = free.pop() ?? underWay.length;
    underWay[request.place] = reply;
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    forget(request);
    done();
  });
  /** Of requests that were answered 504 and still work: one that was between two statements goes on to the next. */
  const late = new Set<QueryScope>();
  const timer = setInterval(() => {
    for (const queries of late) if (!queries.cancel()) late.delete(queries);
    const now = options.clock.now();
    for (const reply of underWay) {
      if (reply === null) continue;
      const { request } = reply;
      // Whoever asked has hung up: there is nobody to answer.
      if (reply.raw.destroyed) {
        forget(request);
        continue;
      }
      const limit = request.route?.contract?.timeoutMs ?? options.requestTimeoutMs;
      if (now - request.arrivedAt < limit) continue;
      forget(request);
      if (reply.sent || request.ws) continue;
      // A body that never ends would hold the connection for as long as the slowest upload may take.
      if (!request.raw.complete) void reply.header('connection', 'close');
      if (request.queries !== null && request.queries.cancel()) late.add(request.queries);
      answerError(new AppError('timeout', `The request was stopped after ${limit} ms.`), request, reply);
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
