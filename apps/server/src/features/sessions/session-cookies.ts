/** The cookies of browser sessions, as Set-Cookie headers. */
import { createHmac } from 'node:crypto';
import { CSRF_COOKIE, SESSION_COOKIE, cookieValue } from '../../platform/http/index.ts';

const REFRESH_COOKIE = 'holdfast_refresh';
const REFRESH_PATH = '/api/v1/auth';
/** As long as a session can rest. */
const REFRESH_SECONDS = 7 * 24 * 60 * 60;

export interface SessionCookies {
  /** The value that scripts of our pages read and send back. The same for the whole session. */
  csrfToken(sessionId: string): string;
  opening(session: { readonly sessionId: string; readonly accessToken: string; readonly refreshToken: string }): readonly string[];
  closing(): readonly string[];
  /** The refresh token in a Cookie header. */
  refreshToken(header: string | undefined): string | null;
}

export interface SessionCookieOptions {
  readonly csrfKey: Buffer;
  /** Whether browsers reach the server over TLS. Without it, on http://localhost, names have no prefix and Secure is left out. */
  readonly secure: boolean;
  readonly accessSeconds: number;
}

export function createSessionCookies({ csrfKey, secure, accessSeconds }: SessionCookieOptions): SessionCookies {
  const host = secure ? '__Host-' : '';
  const flags = `SameSite=Lax${secure ? '; Secure' : ''}`;
  // A __Host- cookie must have the path /, so the one that is sent to few addresses has the lesser prefix.
  const refreshName = `${secure ? '__Secure-' : ''}${REFRESH_COOKIE}`;
  const csrfToken = (sessionId: string) => createHmac('sha256', csrfKey).update(sessionId).digest('base64url');
  const lines = (
    values: { readonly session: string; readonly csrf: string; readonly refresh: string },
    seconds: { access: number; refresh: number },
  ) => [
    `${host}${SESSION_COOKIE}=${values.session}; Path=/; Max-Age=${seconds.access}; HttpOnly; ${flags}`,
    `${host}${CSRF_COOKIE}=${values.csrf}; Path=/; Max-Age=${seconds.refresh}; ${flags}`,
    `${refreshName}=${values.refresh}; Path=${REFRESH_PATH}; Max-Age=${seconds.refresh}; HttpOnly; ${flags}`,
  ];
  return {
    csrfToken,
    opening: ({ sessionId, accessToken, refreshToken }) =>
      lines(
        { session: accessToken, csrf: csrfToken(sessionId), refresh: refreshToken },
        { access: accessSeconds, refresh: REFRESH_SECONDS },
      ),
    closing: () => lines({ session: '', csrf: '', refresh: '' }, { access: 0, refresh: 0 }),
    refreshToken: (header) => (header === undefined ? null : cookieValue(header, refreshName)),
  };
}
