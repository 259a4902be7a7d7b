import {
  listSessions as listSessionsRoute,
  login,
  logout,
  logoutAll,
  openDemonstration,
  refreshSession,
  register,
  revokeOtherSessions,
  revokeSession,
} from '@holdfast/contract/sessions';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { checkCredentials, describeUser, findUser, prepareUser } from '../accounts/index.ts';
import type { CredentialNeeds, DemonstrationDoor, RegisterNeeds, SessionDesk, User } from '../accounts/index.ts';
import type { Plans } from '../plans/index.ts';
import { listSessions } from './list-sessions.ts';
import type { SessionCookies } from './session-cookies.ts';
import { endByRefreshToken, endOne, endOthers, openSession, renewSession } from './sessions.ts';
import type { OpenedSession, SessionNeeds } from './sessions.ts';

/** What it takes to sign somebody in whose proof was checked. */
export interface SignInNeeds extends SessionNeeds {
  readonly cookies: SessionCookies;
  readonly plans: Plans;
}

export interface SessionRouteNeeds extends SignInNeeds, CredentialNeeds, RegisterNeeds {
  readonly desk: SessionDesk;
  readonly demonstration: DemonstrationDoor;
}

type Asked = Pick<Parameters<Parameters<typeof serve>[2]>[0], 'request' | 'reply' | 'requestId' | 'ip' | 'userAgent'>;

export function bindSessionRoutes(context: ServeContext, needs: SessionRouteNeeds): void {
  serve(context, register, async (ask) => {
    const create = await prepareUser(needs, ask.body, askerOf(ask));
    const [user, session] = await transact(needs.db, async (tx) => {
      const created = await create(tx);
      return [created, await openSession(needs, created, { tx, ...openingOf(ask) })] as const;
    });
    return answer(needs, ask.reply, { user, session });
  });

  serve(context, login, async (ask) => {
    const user = await checkCredentials(needs, { login: ask.body.email, ...ask.body, userAgent: ask.userAgent }, askerOf(ask));
    return signIn(needs, user, ask);
  });

  serve(context, openDemonstration, async (ask) => {
    const { login: own } = needs.demonstration;
    if (own === null) throw new AppError('not_found', 'This server has no demonstration account.');
    return signIn(needs, await enterDemonstration(needs, own, ask), ask);
  });

  serve(context, refreshSession, async (ask) => {
    const session = await renewSession(needs, presented(needs, ask), askerOf(ask));
    const user = await findUser(needs.db, session.userId);
    if (user === null) throw notFound('account');
    return answer(needs, ask.reply, { user, session });
  });

  serve(context, logout, async (ask) => {
    const { caller } = ask;
    const token = presented(needs, ask);
    if (token !== null) await endByRefreshToken(needs, token, askerOf(ask));
    if (caller !== null) {
      const { sessionId: id, userId } = caller;
      await transact(needs.db, (tx) => endOne(needs, { tx, id, userId, because: 'signed out', actorId: userId, asker: askerOf(ask) }));
    }
    if (isBrowser(ask.request)) setCookies(ask.reply, needs.cookies.closing());
    return undefined;
  });

  serve(context, logoutAll, async (ask) => {
    const { userId } = ask.caller;
    const end = { userId, because: 'signed out everywhere', actorId: userId, asker: askerOf(ask) };
    await transact(needs.db, (tx) => needs.desk.endAll(tx, end));
    if (ask.caller.via === 'cookie') setCookies(ask.reply, needs.cookies.closing());
    return undefined;
  });

  serve(context, listSessionsRoute, ({ caller, query }) => listSessions(needs, caller, query));

  serve(context, revokeSession, async (ask) => {
    const { userId, sessionId, via } = ask.caller;
    const end = { id: ask.params.id, userId, because: 'signed out from the list', actorId: userId, asker: askerOf(ask) };
    if (!(await transact(needs.db, (tx) => endOne(needs, { tx, ...end })))) throw notFound('session');
    if (via === 'cookie' && ask.params.id === sessionId) setCookies(ask.reply, needs.cookies.closing());
    return undefined;
  });

  serve(context, revokeOtherSessions, async (ask) => {
    const { userId, sessionId: id } = ask.caller;
    const end = { id, userId, because: 'signed out everywhere else', actorId: userId, asker: askerOf(ask) };
    await transact(needs.db, (tx) => endOthers(needs, { tx, ...end }));
    return undefined;
  });
}

/** With the password of the installation: whoever changes it, or adds a second factor, has made the account theirs and closed this door. */
async function enterDemonstration(
  needs: SessionRouteNeeds,
  { email, password }: { email: string; password: string },
  ask: Asked,
): Promise<User> {
  try {
    return await checkCredentials(needs, { login: email, password, userAgent: ask.userAgent }, askerOf(ask));
  } catch (error) {
    if (!(error instanceof AppError) || !OWNED.has(error.code)) throw error;
    throw new AppError('not_found', 'The demonstration account belongs to somebody now.');
  }
}

const OWNED: ReadonlySet<string> = new Set(['invalid_credentials', 'second_factor_required']);

/** Opens a session for the user and answers it, in cookies to a browser. */
export async function signIn(needs: SignInNeeds, user: User, ask: Asked) {
  const session = await transact(needs.db, (tx) => openSession(needs, user, { tx, ...openingOf(ask) }));
  return answer(needs, ask.reply, { user, session });
}

/** For accounts: a browser goes on in a new session, or forgets the one it had. */
export function createBrowserSessions(needs: SessionNeeds & { readonly cookies: SessionCookies }) {
  return {
    reopen: async (tx: Tx, user: User, from: { readonly ip: string; readonly userAgent: string; readonly requestId: string }) => {
      const { userAgent, ...asker } = from;
      const session = await openSession(needs, user, { tx, kind: 'web', userAgent, asker });
      return (reply: FastifyReply) => setCookies(reply, needs.cookies.opening(session));
    },
    forget: (reply: FastifyReply) => setCookies(reply, needs.cookies.closing()),
  };
}

function answer(needs: SignInNeeds, reply: FastifyReply, { user, session }: { readonly user: User; readonly session: OpenedSession }) {
  const shown = describeUser(user, needs.plans);
  const expiresIn = needs.tokens.lifetimeSeconds;
  if (session.kind === 'bearer') return { user: shown, accessToken: session.accessToken, refreshToken: session.refreshToken, expiresIn };
  setCookies(reply, needs.cookies.opening(session));
  return { user: shown, csrfToken: needs.cookies.csrfToken(session.sessionId), expiresIn };
}

/** The body's token or, for a page of ours, the cookie's. The header is one that a page of another site cannot send. */
function presented(needs: SessionRouteNeeds, ask: Asked & { readonly body: { readonly refreshToken?: string } | null }): string | null {
  if (ask.body?.refreshToken !== undefined) return ask.body.refreshToken;
  return isBrowser(ask.request) ? needs.cookies.refreshToken(ask.request.headers.cookie) : null;
}

function openingOf(ask: Asked) {
  return { kind: isBrowser(ask.request) ? ('web' as const) : ('bearer' as const), userAgent: ask.userAgent, asker: askerOf(ask) };
}

function isBrowser(request: FastifyRequest): boolean {
  return request.headers['x-holdfast-client'] === 'web';
}

function askerOf({ requestId, ip }: Asked) {
  return { requestId, ip };
}

function setCookies(reply: FastifyReply, lines: readonly string[]): void {
  void reply.header('set-cookie', [...lines]);
}
