import * as contract from '@holdfast/contract/security';
import { hostName, serve } from '../../platform/http/index.ts';
import type { Ask, ServeContext } from '../../platform/http/index.ts';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { signIn } from '../sessions/index.ts';
import type { SignInNeeds } from '../sessions/index.ts';
import { addPasskey, checkPasskey, listPasskeys, removePasskey, renamePasskey, startPasskey, startPasskeyLogin } from './passkeys.ts';
import type { PasskeyNeeds, Site } from './passkeys.ts';

export interface PasskeyRouteNeeds extends PasskeyNeeds {
  readonly door: SignInNeeds;
  /** Null: http://localhost and the port that was asked. */
  readonly publicUrl: string | null;
}

type AnyAsk = Pick<Ask<typeof contract.listPasskeys>, 'caller' | 'requestId' | 'ip'>;

export function bindPasskeyRoutes(context: ServeContext, needs: PasskeyRouteNeeds): void {
  const siteOf = ({ request }: Pick<AnyRequest, 'request'>): Site => siteFor(needs.publicUrl, request.headers.host);
  serve(context, contract.listPasskeys, ({ caller }) => listPasskeys(needs, caller.userId));
  serve(context, contract.startPasskey, (ask) => startPasskey(needs, askerOf(ask), { password: ask.body.password, site: siteOf(ask) }));
  serve(context, contract.addPasskey, (ask) => {
    // The schema has looked at every part that is read.
    const credential = ask.body.credential as unknown as RegistrationResponseJSON;
    return addPasskey(needs, askerOf(ask), { name: ask.body.name, credential, site: siteOf(ask) });
  });
  serve(context, contract.renamePasskey, (ask) => renamePasskey(needs, askerOf(ask), { id: ask.params.id, name: ask.body.name }));
  serve(context, contract.removePasskey, async (ask) => {
    await removePasskey(needs, askerOf(ask), { id: ask.params.id, password: ask.body.password });
    return undefined;
  });
  serve(context, contract.startPasskeyLogin, (ask) => startPasskeyLogin(needs, siteOf(ask)));
  serve(context, contract.loginWithPasskey, async (ask) => {
    const credential = ask.body.credential as unknown as AuthenticationResponseJSON;
    const user = await checkPasskey(needs, { credential, site: siteOf(ask) }, { requestId: ask.requestId, ip: ask.ip });
    return signIn(needs.door, user, ask);
  });
}

type AnyRequest = Ask<typeof contract.startPasskeyLogin>;

function askerOf({ caller, requestId, ip }: AnyAsk) {
  return { userId: caller.userId, requestId, ip };
}

/** Without PUBLIC_URL passkeys work where browsers allow them without TLS: on localhost, whatever the port. */
function siteFor(publicUrl: string | null, hostHeader: string | undefined): Site {
  if (publicUrl !== null) {
    const { origin, hostname } = new URL(publicUrl);
    return { origin, host: hostname };
  }
  const name = hostName(hostHeader);
  return name === 'localhost' ? { origin: `http://${hostHeader ?? name}`, host: name } : { origin: 'http://localhost', host: 'localhost' };
}
