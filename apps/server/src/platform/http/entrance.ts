/**
 * What every request passes before its route: headers, host, who asks, how often, and whether they may.
 * One hook, synchronous while the token was seen before, because it is on every hot path.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Access } from '@holdfast/contract';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { Clock } from '../clock.ts';
import { AppError } from './app-error.ts';
import type { SecurityHeaders } from './security-headers.ts';
import { API_KEY_PREFIX, CSRF_COOKIE, SESSION_COOKIE, isWithinScope } from './caller.ts';
import type { Caller, Gate } from './caller.ts';

export interface LimitDecision {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly retryAfterSeconds: number;
}

/** Null means that no limit applies. Answers at once while counters are in this process. */
export interface Limiter {
  decide(request: {
    readonly ip: string;
    readonly caller: Caller | null;
    readonly counts: boolean;
  }): LimitDecision | null | Promise<LimitDecision | null>;
}

export interface EntranceOptions {
  readonly clock: Clock;
  readonly gate: Gate;
  readonly limiter: Limiter;
  readonly allowedHosts: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly publicMarketData: boolean;
  /** Over TLS only cookies with the __Host- prefix count, since a neighbouring host can set the others. */
  readonly secureCookies: boolean;
}

type Entrance = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void;

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function createEntrance(options: EntranceOptions, headers: SecurityHeaders): Entrance {
  const hosts = options.allowedHosts.includes('*') ? null : hostRule(options.allowedHosts);
  const prefix = options.secureCookies ? '__Host-' : '';
  return (request, reply, done) => {
    request.arrivedAt = options.clock.now();
    const { contract, page } = (request.route = request.routeOptions.config);
    for (const [name, value] of page === true ? headers.page : headers.answer) void reply.header(name, value);
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    // Balancers ask for health by a machine's own address.
    if (hosts !== null && contract?.counts !== 'never' && !hosts(hostName(request.headers.host))) {
      done(new AppError('unknown_host', 'This host name is not served here. ALLOWED_HOSTS lists those that are.'));
      return;
    }
    const token = tokenOf(request, prefix);
    request.token = token?.text ?? null;
    if (token === null) return finish(null);
    const caller = options.gate.find(token.text);
    if (caller !== undefined) return finish(caller.via === token.via ? caller : { ...caller, via: token.via });
    options.gate.verify(token.text).then(
      (verified) => finish(verified === null ? null : { ...verified, via: token.via }, true),
      (error: unknown) => done(error as Error),
    );

    function finish(caller: Caller | null, hadToken = false): void {
      request.caller = caller;
      const access = contract?.access ?? 'public';
      const refusal = refusalOf(request, access, {
        hadToken: hadToken && caller === null,
        open: options.publicMarketData,
        prefix,
      });
      // Pages and probes count against nothing; addresses without a route count like any other request.
      const unlimited = page === true || contract?.counts === 'never';
      const decision = unlimited ? null : options.limiter.decide({ ip: request.ip, caller, counts: contract?.counts !== 'burst' });
      if (decision instanceof Promise)
        decision.then(
          (made) => done(tooMany(made, reply) ?? refusal ?? undefined),
          (error: unknown) => done(error as Error),
        );
      else done(tooMany(decision, reply) ?? refusal ?? undefined);
    }
  };
}

function tokenOf(request: FastifyRequest, prefix: string): { readonly text: string; readonly via: 'bearer' | 'cookie' } | null {
  const header = request.headers.authorization;
  if (header !== undefined) return { text: bearerOf(header), via: 'bearer' };
  const cookies = request.headers.cookie;
  if (cookies === undefined) return null;
  const text = cookieValue(cookies, prefix + SESSION_COOKIE);
  // A cookie carries a session and never a key.
  return text === null || text.startsWith(API_KEY_PREFIX) ? null : { text, via: 'cookie' };
}

/** The usual spelling is cut, since a pattern takes longer than looking the token up. */
function bearerOf(header: string): string {
  if (header.startsWith('Bearer ') && !header.includes(' ', 7)) return header.length > 7 ? header.slice(7) : 'malformed';
  return /^bearer +(\S+)$/i.exec(header)?.[1] ?? 'malformed';
}

/** Read here and not by the cookie plugin: this runs before it, on every request. */
export function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return null;
}

function refusalOf(
  request: FastifyRequest,
  access: Access,
  state: { readonly hadToken: boolean; readonly open: boolean; readonly prefix: string },
): AppError | null {
  const caller = request.caller;
  const needed = access === 'user' || access === 'admin' || (access === 'market' && !state.open);
  if (caller === null) {
    // A stale cookie on a public page is no error; a bad bearer token on an open route is, so that clients notice.
    const bad = request.headers.authorization !== undefined && state.hadToken && access !== 'public';
    return needed || bad ? new AppError('unauthenticated', 'Send a valid access token: Authorization: Bearer <token>.') : null;
  }
  if (access !== 'public' && !isWithinScope(caller, request.route?.contract?.scope))
    return new AppError('insufficient_scope', scopeDetail(request.route?.contract?.scope));
  if (access === 'admin' && caller.lacksFactor === true)
    return new AppError(
      'forbidden',
      'This server demands a second factor of administrators. Set one up under Settings › Security, an authenticator app or a passkey, and try again.',
    );
  if (access === 'admin' && caller.role !== 'admin') return new AppError('forbidden', 'Only an administrator may do this.');
  if (caller.via === 'cookie' && !SAFE.has(request.method) && !csrfHolds(request, state.prefix)) {
    return new AppError('csrf_failed', 'Send the value of the CSRF cookie in the X-CSRF-Token header.');
  }
  return null;
}

function scopeDetail(scope: string | undefined): string {
  return scope === undefined || scope === 'session'
    ? 'No API key may do this. Sign in.'
    : `This needs an API key with the scope ${scope}. Make one in the settings.`;
}

function csrfHolds(request: FastifyRequest, prefix: string): boolean {
  const sent = request.headers['x-csrf-token'];
  const kept = cookieValue(request.headers.cookie ?? '', prefix + CSRF_COOKIE);
  if (typeof sent !== 'string' || kept === null || sent.length !== kept.length || kept.length < 16) return false;
  return timingSafeEqual(Buffer.from(sent), Buffer.from(kept));
}

function tooMany(decision: LimitDecision | null, reply: FastifyReply): AppError | null {
  if (decision === null) return null;
  void reply
    .header('ratelimit-limit', decision.limit)
    .header('ratelimit-remaining', decision.remaining)
    .header('ratelimit-reset', decision.resetSeconds);
  if (decision.allowed) return null;
  return new AppError('rate_limited', `The limit of ${decision.limit} requests is used up. Try again in ${decision.retryAfterSeconds} s.`, {
    retryAfterSeconds: decision.retryAfterSeconds,
  });
}

/** A leading dot allows the name itself and every name below it. */
function hostRule(allowed: readonly string[]): (name: string) => boolean {
  const names = new Set(allowed.map((name) => name.replace(/^\./, '')));
  const endings = allowed.filter((name) => name.startsWith('.'));
  return (name) => names.has(name) || endings.some((ending) => name.endsWith(ending));
}

export function hostName(header: string | undefined): string {
  if (header === undefined) return '';
  if (header.startsWith('[')) return header.slice(0, header.indexOf(']') + 1).toLowerCase();
  return (header.split(':', 1)[0] ?? '').toLowerCase();
}
