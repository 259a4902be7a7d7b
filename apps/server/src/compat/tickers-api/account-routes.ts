/** Accounts as seed 002 has them: one token, no refresh token; it is renewed while it is valid. */
import { logIn, logOut, renewToken, signUp } from '@holdfast/contract/tickers-api';
import { checkCredentials, prepareUser } from '../../features/accounts/index.ts';
import type { CredentialNeeds, RegisterNeeds } from '../../features/accounts/index.ts';
import { endOne, openSession } from '../../features/sessions/index.ts';
import type { SessionNeeds } from '../../features/sessions/index.ts';
import { transact } from '../../platform/db/transact.ts';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';

export type TickersAccountNeeds = SessionNeeds & CredentialNeeds & RegisterNeeds;

export function bindTickersAccountRoutes(context: ServeContext, needs: TickersAccountNeeds): void {
  serve(context, signUp, async (ask) => {
    const asker = { requestId: ask.requestId, ip: ask.ip };
    const create = await prepareUser(needs, ask.body, asker);
    const session = await transact(needs.db, async (tx) =>
      openSession(needs, await create(tx), { tx, kind: 'bearer', userAgent: ask.userAgent, asker }),
    );
    return tokenAnswer(session.accessToken);
  });

  serve(context, logIn, async (ask) => {
    const asker = { requestId: ask.requestId, ip: ask.ip };
    const user = await checkCredentials(needs, { login: ask.body.email, password: ask.body.password, userAgent: ask.userAgent }, asker);
    const session = await transact(needs.db, (tx) => openSession(needs, user, { tx, kind: 'bearer', userAgent: ask.userAgent, asker }));
    return tokenAnswer(session.accessToken);
  });

  serve(context, renewToken, async ({ caller }) => {
    const { userId, role, sessionId, tokenVersion } = caller;
    return tokenAnswer(await needs.tokens.issue({ userId, role, sessionId, tokenVersion }));
  });

  serve(context, logOut, async (ask) => {
    const { userId, sessionId } = ask.caller;
    const end = { id: sessionId, userId, because: 'signed out', actorId: userId, asker: { requestId: ask.requestId, ip: ask.ip } };
    await transact(needs.db, (tx) => endOne(needs, { tx, ...end }));
    return { detail: 'Signed out.' };
  });
}

function tokenAnswer(token: string) {
  return { access_token: token, token_type: 'bearer' as const };
}
