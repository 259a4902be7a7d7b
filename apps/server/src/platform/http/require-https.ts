/** Where people come over HTTPS, plain HTTP is led there or refused. */
import type { FastifyInstance } from 'fastify';
import { AppError } from './app-error.ts';

/**
 * Pages are redirected. A call of the API is refused and not redirected: its token has travelled in the clear already, and a client that is
 * led on would never learn of it. Balancers ask for health inside their own network. Behind a proxy the scheme is what the proxy says,
 * where TRUST_PROXY says that it is believed.
 */
export function requireHttps(app: FastifyInstance, publicUrl: string): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.protocol === 'https' || request.route?.contract?.counts === 'never') return done();
    if (request.route?.page !== true)
      return done(new AppError('https_required', `Use ${publicUrl}. What was sent could be read on the way: make a new token.`));
    void reply.redirect(publicUrl + request.url, 308);
  });
}
