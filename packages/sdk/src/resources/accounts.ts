import { path, type HttpClient } from '../http-client.ts';
import type { Credentials, PasswordChange, ProfileChange, Registration, ServerOffers, Session, SignedIn, User } from '../wire/account.ts';
import type { Page } from '../wire/page.ts';

/** Signing in and out, the own account, its sessions. */
export function accountCalls(http: HttpClient) {
  return Object.freeze({
    register: (body: Registration) => http<SignedIn>({ method: 'POST', path: '/auth/register', body, anonymous: true }),
    login: (body: Credentials) => http<SignedIn>({ method: 'POST', path: '/auth/login', body, anonymous: true }),
    /** What this server offers, for whoever asks. */
    offers: (signal?: AbortSignal) => http<ServerOffers>({ method: 'GET', path: '', signal, anonymous: true }),
    /** Signs in to the demonstration account; refused where there is none. */
    openDemonstration: () => http<SignedIn>({ method: 'POST', path: '/auth/demonstration', anonymous: true }),
    /** Without a token the server takes the one in the cookie. */
    refresh: (refreshToken?: string) =>
      http<SignedIn>({
        method: 'POST',
        path: '/auth/refresh',
        body: refreshToken === undefined ? {} : { refreshToken },
        anonymous: true,
      }),
    logout: () => http<undefined>({ method: 'POST', path: '/auth/logout', body: {}, anonymous: true }),
    me: (signal?: AbortSignal) => http<User>({ method: 'GET', path: '/me', signal }),
    changeProfile: (body: ProfileChange) => http<User>({ method: 'PATCH', path: '/me', body }),
    changePassword: (body: PasswordChange) => http<undefined>({ method: 'POST', path: '/me/password', body }),
    listSessions: (signal?: AbortSignal) => http<Page<Session>>({ method: 'GET', path: '/me/sessions', signal }),
    revokeSession: (id: string) => http<undefined>({ method: 'DELETE', path: path('/me/sessions/{}', id) }),
  });
}
