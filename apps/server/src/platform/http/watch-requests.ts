/** One log line and one count for each request, when it is over. */
import type { FastifyInstance } from 'fastify';
import type { HttpOptions } from './http-server.ts';

/** Balancers and collectors ask every few seconds; their questions would be most of the log. */
const QUIET = new Set(['/health/live', '/health/ready', '/metrics']);

export function watchRequests(app: FastifyInstance, { observe, writeRequest }: Pick<HttpOptions, 'observe' | 'writeRequest'>): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.route?.url ?? '(none)';
    const milliseconds = reply.elapsedTime;
    const status = reply.statusCode;
    observe(route, { method: request.method, status, seconds: milliseconds / 1000 });
    if (!QUIET.has(route) || status >= 500) {
      writeRequest({
        requestId: request.id,
        method: request.method,
        route,
        status,
        durationMs: Math.round(milliseconds * 100) / 100,
        userId: request.caller?.userId ?? null,
      });
    }
    done();
  });
}
