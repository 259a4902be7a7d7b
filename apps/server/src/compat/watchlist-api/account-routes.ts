/** Accounts and tokens as seed 004 has them. */
import * as contract from '@holdfast/contract/watchlist-api';
import { changePassword, changeProfile, checkCredentials, findUser, prepareUser } from '../../features/accounts/index.ts';
import type { ChangePasswordNeeds, CredentialNeeds, RegisterNeeds, User } from '../../features/accounts/index.ts';
import { planLimits } from '../../features/plans/index.ts';
import type { Plans } from '../../features/plans/index.ts';
import { openSession, renewSession } from '../../features/sessions/index.ts';
import type { OpenedSession, SessionNeeds } from '../../features/sessions/index.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, notFound, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { enveloped } from './envelope.ts';

export interface WatchAccountNeeds extends CredentialNeeds, RegisterNeeds, Omit<ChangePasswordNeeds, 'sessions'> {
  readonly sessions: SessionNeeds;
  readonly desk: ChangePasswordNeeds['sessions'];
  readonly plans: Plans;
}

export function bindAccountDoor(context: ServeContext, needs: WatchAccountNeeds): void {
  const { db, plans, sessions } = needs;

  serve(context, contract.obtainToken, async ({ body, userAgent, requestId, ip }) => {
    const asker = { requestId, ip };
    const { email: login, ...given } = body;
    const user = await checkCredentials(needs, { login, ...given, userAgent }, asker);
    return tokenAnswer(await transact(db, (tx) => openSession(sessions, user, { tx, kind: 'bearer', userAgent, asker })));
  });

  serve(context, contract.renewTokens, async ({ body, requestId, ip }) =>
    tokenAnswer(await renewSession(sessions, body.refresh, { requestId, ip })),
  );

  serve(context, contract.registerAccount, async ({ body, requestId, ip }) => {
    const { password2, first_name: firstName, last_name: lastName, ...given } = body;
    confirmed(given.password, password2, 'password2');
    const names = { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) };
    const create = await prepareUser(needs, { ...given, ...names }, { requestId, ip });
    return enveloped(accountOf(await transact(db, create), plans));
  });

  serve(context, contract.getAccount, async ({ caller }) => {
    const user = await findUser(db, caller.userId);
    if (user === null) throw notFound('account');
    return enveloped(accountOf(user, plans));
  });

  serve(context, contract.updateAccountProfile, async ({ caller, body, requestId, ip }) => {
    const { timezone, preferred_currency: baseCurrency, first_name: firstName, last_name: lastName } = body;
    const change = {
      ...(timezone === undefined ? {} : { timezone }),
      ...(baseCurrency === undefined ? {} : { baseCurrency }),
      ...(firstName === undefined ? {} : { firstName }),
      ...(lastName === undefined ? {} : { lastName }),
    };
    return enveloped(profileOf(await changeProfile(needs, change, { userId: caller.userId, requestId, ip }), plans));
  });

  serve(context, contract.changeAccountPassword, async ({ caller, body, requestId, ip }) => {
    const { old_password: currentPassword, new_password: newPassword } = body;
    confirmed(newPassword, body.new_password2, 'new_password2');
    const change = { userId: caller.userId, currentPassword, newPassword, asker: { requestId, ip } };
    await changePassword({ ...needs, sessions: needs.desk }, change, async () => null);
    return enveloped({ detail: 'The password is changed. Sign in with the new one.' });
  });
}

function confirmed(password: string, again: string | undefined, path: string): void {
  if (again === undefined || again === password) return;
  const message = 'is not the same as the password';
  throw new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}

function tokenAnswer({ accessToken, refreshToken }: OpenedSession) {
  const tokens = { access: accessToken, refresh: refreshToken, access_token: accessToken };
  return { ...enveloped(tokens), ...tokens };
}

function accountOf(user: User, plans: Plans) {
  const { id, email, firstName, lastName, isActive, createdAt } = user;
  return {
    id,
    email,
    first_name: firstName,
    last_name: lastName,
    is_active: isActive,
    date_joined: new Date(createdAt).toISOString(),
    profile: profileOf(user, plans),
  };
}

function profileOf({ timezone, baseCurrency, role }: User, plans: Plans) {
  return {
    timezone,
    preferred_currency: baseCurrency,
    account_tier: role,
    max_watchlists: planLimits(role, plans).watchlists,
  };
}
