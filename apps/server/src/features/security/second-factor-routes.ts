import * as contract from '@holdfast/contract/security';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { confirmTotp, describeTotp, disableTotp, enrolTotp, renewRecoveryCodes } from './second-factor.ts';
import type { SecondFactorNeeds } from './second-factor.ts';

export function bindSecondFactorRoutes(context: ServeContext, needs: SecondFactorNeeds): void {
  serve(context, contract.getTotp, ({ caller }) => describeTotp(needs, caller.userId));
  serve(context, contract.enrolTotp, (ask) => enrolTotp(needs, changeOf(ask), ask.body.password));
  serve(context, contract.confirmTotp, async (ask) => ({ recoveryCodes: [...(await confirmTotp(needs, changeOf(ask), ask.body.code))] }));
  serve(context, contract.disableTotp, async (ask) => {
    await disableTotp(needs, changeOf(ask), ask.body.password);
    return undefined;
  });
  serve(context, contract.renewRecoveryCodes, async (ask) => ({
    recoveryCodes: [...(await renewRecoveryCodes(needs, changeOf(ask), ask.body.password))],
  }));
}

function changeOf(ask: { readonly caller: { readonly userId: string }; readonly requestId: string; readonly ip: string }) {
  return { userId: ask.caller.userId, requestId: ask.requestId, ip: ask.ip };
}
