/** Who asks. Made from a verified token or cookie, never from the request's own words. */
export type Role = 'standard' | 'premium' | 'admin';

export interface Caller {
  readonly userId: string;
  readonly role: Role;
  readonly sessionId: string;
  readonly tokenVersion: number;
  /** `cookie` is the site's own pages: they send a CSRF token and have their own quota. */
  readonly via: 'bearer' | 'cookie';
  /** What an API key is allowed; a session has no such limit. `sessionId` is the key's id then. */
  readonly scopes?: ReadonlySet<string>;
  /** An administrator without the second factor that this server demands: counts as a standard user. */
  readonly lacksFactor?: true;
}

/** Whether the caller may do what needs this scope. A key may do nothing that names none. */
export function isWithinScope({ scopes }: Caller, scope: string | undefined): boolean {
  return scopes === undefined || (scope !== undefined && scopes.has(scope));
}

/** Turns tokens into callers. `find` answers at once for tokens verified before; `verify` does the work. */
export interface Gate {
  find(token: string): Caller | undefined;
  /** Null for a token that is wrong, expired or revoked. */
  verify(token: string): Promise<Caller | null>;
}

/** How every API key begins, so that scanners of leaked text know one. */
export const API_KEY_PREFIX = 'hfk_';
export const SESSION_COOKIE = 'holdfast_session';
export const CSRF_COOKIE = 'holdfast_csrf';
