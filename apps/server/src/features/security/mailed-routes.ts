import * as contract from '@holdfast/contract/security';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { changeEmail, describeEmail, sendVerification, verifyEmail } from './email-address.ts';
import type { EmailNeeds } from './email-address.ts';
import { resetPassword } from './forgotten-password.ts';
import type { ForgottenPasswords, ResetNeeds } from './forgotten-password.ts';

export interface MailedRouteNeeds extends EmailNeeds, ResetNeeds {
  readonly forgotten: ForgottenPasswords;
}

export function bindMailedRoutes(context: ServeContext, needs: MailedRouteNeeds): void {
  serve(context, contract.forgetPassword, async (ask) => {
    await needs.forgotten.ask(ask.body.email, askerOf(ask));
    return undefined;
  });
  serve(context, contract.resetPassword, async (ask) => {
    await resetPassword(needs, ask.body, askerOf(ask));
    return undefined;
  });
  serve(context, contract.verifyEmail, (ask) => verifyEmail(needs, ask.body.token, askerOf(ask)));
  serve(context, contract.getEmail, ({ caller }) => describeEmail(needs, caller.userId));
  serve(context, contract.sendVerification, async ({ caller }) => {
    await sendVerification(needs, caller.userId);
    return undefined;
  });
  serve(context, contract.changeEmail, async (ask) => {
    await changeEmail(needs, { userId: ask.caller.userId, ...ask.body }, askerOf(ask));
    return undefined;
  });
}

function askerOf({ requestId, ip }: { readonly requestId: string; readonly ip: string }) {
  return { requestId, ip };
}
