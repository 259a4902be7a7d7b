import { changeMe, changePassword, changeUser, closeMe, getMe, getUser, listUsers } from '@holdfast/contract/accounts';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { notFound, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { FastifyReply } from 'fastify';
import { changePassword as changeOwnPassword } from './change-password.ts';
import type { ChangePasswordNeeds } from './change-password.ts';
import { changeProfile } from './change-profile.ts';
import { changeUser as decideOnUser } from './change-user.ts';
import { closeAccount } from './close-account.ts';
import type { CloseAccountNeeds } from './close-account.ts';
import { getUser as getOverview, listUsers as listOverviews } from './list-users.ts';
import type { Plans } from '../plans/index.ts';
import { findUser } from './user-store.ts';
import { describeUser } from './user.ts';
import type { User } from './user.ts';

export interface AccountNeeds extends ChangePasswordNeeds, CloseAccountNeeds {
  readonly plans: Plans;
  /** The cookies of browsers, which sessions know: a new session in place of the one that ended, or none any more. */
  readonly browser: {
    reopen(
      tx: Tx,
      user: User,
      from: { readonly ip: string; readonly userAgent: string; readonly requestId: string },
    ): Promise<(reply: FastifyReply) => void>;
    forget(reply: FastifyReply): void;
  };
}

export function bindAccountRoutes(context: ServeContext, needs: AccountNeeds): void {
  serve(context, getMe, async ({ caller }) => describeUser(await existing(needs.db, caller.userId), needs.plans));

  serve(context, changeMe, async ({ caller, body, requestId, ip }) =>
    describeUser(await changeProfile(needs, body, { userId: caller.userId, requestId, ip }), needs.plans),
  );

  serve(context, closeMe, async ({ caller, query, body, reply, requestId, ip }) => {
    const password = body?.password === undefined ? {} : { password: body.password };
    await closeAccount(needs, { userId: caller.userId, erase: query.erase === true, ...password, asker: { requestId, ip } });
    if (caller.via === 'cookie') needs.browser.forget(reply);
    return undefined;
  });

  serve(context, changePassword, async ({ caller, body, reply, requestId, ip, userAgent }) => {
    const change = { userId: caller.userId, ...body, asker: { requestId, ip } };
    const setCookies = await changeOwnPassword(needs, change, async (tx, user) =>
      caller.via === 'cookie' ? needs.browser.reopen(tx, user, { ip, userAgent, requestId }) : null,
    );
    setCookies?.(reply);
    return undefined;
  });

  serve(context, listUsers, ({ query }) => listOverviews(needs, query));
  serve(context, getUser, ({ params }) => getOverview(needs, params.id));
  serve(context, changeUser, async ({ caller, params, body, requestId, ip }) => {
    await decideOnUser(needs, params.id, { ...body, actorId: caller.userId, asker: { requestId, ip } });
    return getOverview(needs, params.id);
  });
}

async function existing(db: Db, userId: string): Promise<User> {
  const user = await findUser(db, userId);
  if (user === null) throw notFound('account');
  return user;
}
