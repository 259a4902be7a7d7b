/** Accounts, sessions and their security, wired for app.ts. */
import type { Platform } from './app.ts';
import {
  bindAccountRoutes,
  createLoginThrottle,
  demonstrationPassword,
  ensureFirstAdministrator,
  makeAdministrator,
  seedDemonstration,
} from './features/accounts/index.ts';
import type { AccountSetup, DemonstrationDoor, Passwords, User, UserCreatedHandler, UserErasedHandler } from './features/accounts/index.ts';
import { bindAuditRoutes } from './features/audit/index.ts';
import { bindPlanRoutes } from './features/plans/index.ts';
import {
  bindApiKeyRoutes,
  bindMailedRoutes,
  bindPasskeyRoutes,
  bindSecondFactorRoutes,
  createForgottenPasswords,
  createKeyReader,
  createSecondFactor,
  createSecretBox,
  createSecurityNotices,
  demandFactor,
  hasSecondFactor,
  securityJobs,
  deletePasskeysOf,
  deleteTotp,
  welcome,
} from './features/security/index.ts';
import {
  SESSIONS_ENDED,
  bindSessionRoutes,
  createAccessTokens,
  createBrowserSessions,
  createKnownDevices,
  createSessionCookies,
  createSessionDesk,
  createTokenGate,
  findSessionState,
  tellEnded,
} from './features/sessions/index.ts';
import type { SessionNeeds, TokenGate } from './features/sessions/index.ts';
import type { Messages } from './open-messages.ts';
import type { Tx } from './platform/db/transact.ts';
import { deriveKey } from './platform/derive-key.ts';
import type { ServeContext } from './platform/http/index.ts';

export type Identity = Awaited<ReturnType<typeof openIdentity>>;

/** Accounts and sessions without their routes: what the gate needs before there is a server. */
export async function openIdentity(platform: Platform, parts: { readonly passwords: Passwords; readonly messages: Messages }) {
  const { config, clock, db } = platform;
  const { passwords, messages } = parts;
  const { checkKey, gate, tokens } = await openGate(platform);
  const throttle = createLoginThrottle({ db, clock, key: deriveKey(config.secretKey, 'failed-attempts/v1') });
  const notices = createSecurityNotices({ notifier: messages.notifier, clock });
  const box = createSecretBox(config.secretKey, 'totp-secret/v1');
  const devices = createKnownDevices({ db, key: deriveKey(config.secretKey, 'known-device/v1') });
  const onOpened: SessionNeeds['onOpened'] = async (tx, user, { asker, userAgent }) => {
    const seen = await devices.note(tx, user.id, { ip: asker.ip, userAgent, at: clock.now() });
    const detail = `${asker.ip}, ${userAgent === '' ? '?' : userAgent}`;
    if (seen === 'new') await notices.tell(tx, user.id, { kind: 'newDevice', subject: asker.requestId, detail });
  };
  const refreshKey = deriveKey(config.secretKey, 'refresh-token/v1');
  const secureCookies = config.production || config.http.publicUrl?.startsWith('https:') === true;
  const cookies = createSessionCookies({
    csrfKey: deriveKey(config.secretKey, 'csrf-token/v1'),
    secure: secureCookies,
    accessSeconds: tokens.lifetimeSeconds,
  });
  const sessions = { db, clock, tokens, refreshKey, onEnded: gate.forgetUser, onOpened };
  const siteUrl = config.http.publicUrl?.replace(/\/$/, '') ?? `http://localhost:${config.http.port}`;
  const mailed = { clock, mails: messages.mails, isMailOn: messages.isMailOn, siteUrl };
  const onError = (error: unknown) => platform.logger.error({ err: error }, 'a mail could not be written');
  return {
    gate,
    secureCookies,
    cookies,
    plans: {
      enforced: config.plansEnforced,
      requestsPerHour:
        config.rateLimits === null ? null : { standard: config.rateLimits.standardPerHour, premium: config.rateLimits.premiumPerHour },
    },
    sessions,
    desk: createSessionDesk(sessions),
    passwords,
    throttle,
    notices,
    devices,
    box,
    mailed,
    forgotten: createForgottenPasswords({ ...mailed, db, throttle, onError }),
    secondFactor: createSecondFactor({ db, clock, passwords, throttle, notices, box }),
    apiKeys: { db, clock, checkKey, notices, tellEnded: (tx: Tx, userId: string) => tellEnded(sessions, tx, userId) },
    challengeKey: deriveKey(config.secretKey, 'passkey-challenge/v1'),
    publicUrl: config.http.publicUrl,
    // What belongs to every account from its first moment, and what goes with it when it is erased.
    onUserCreated: [] as UserCreatedHandler[],
    onUserErased: [] as UserErasedHandler[],
    onRegistered: (tx: Tx, user: User) => welcome(mailed, tx, user),
    demonstrationPassword: demonstrationPassword(config.secretKey),
    mayDemonstrate: !config.production,
    demonstration: { login: null } as DemonstrationDoor,
    jobs: securityJobs({ db, clock }),
  };
}

async function openGate({ config, clock, db, bus, logger }: Platform) {
  const tokens = createAccessTokens({ key: deriveKey(config.secretKey, 'access-token/v1'), clock, minutes: config.accessTokenMinutes });
  const checkKey = deriveKey(config.secretKey, 'api-key/v1');
  const onError = (error: unknown) => logger.warn({ err: error }, 'the use of an API key could not be noted');
  const keys = createKeyReader({ db, clock, checkKey, onError });
  const findState = (id: string) => findSessionState(db, id, clock.now());
  const open: TokenGate = createTokenGate({ clock, tokens, hearsNews: bus.isConnected, findState, keys });
  const gate = config.adminSecondFactor ? demandFactor(open, (userId) => hasSecondFactor(db, userId)) : open;
  await bus.subscribe(SESSIONS_ENDED, (userId) => gate.forgetUser(String(userId)));
  bus.onLost(gate.forgetAll);
  return { gate, tokens, checkKey };
}

export function bindIdentity(context: ServeContext, identity: Identity): void {
  const { sessions, cookies, plans, passwords, throttle, desk, notices, onUserErased } = identity;
  bindSessionRoutes(context, { ...sessions, ...identity });
  const browser = createBrowserSessions({ ...sessions, cookies });
  const { db, clock } = sessions;
  bindAccountRoutes(context, { db, clock, passwords, throttle, sessions: desk, notices, plans, onUserErased, browser });
  bindAuditRoutes(context);
  bindPlanRoutes(context, plans);
  const proof = { db, clock, passwords, throttle, notices };
  bindSecondFactorRoutes(context, { ...proof, box: identity.box });
  bindApiKeyRoutes(context, identity.apiKeys);
  const { challengeKey, publicUrl, mailed, forgotten } = identity;
  bindPasskeyRoutes(context, { ...proof, challengeKey, publicUrl, door: { ...sessions, cookies, plans } });
  bindMailedRoutes(context, { ...proof, ...mailed, sessions: desk, forgotten });
}

export function createAccountSetup({ sessions: { db, clock }, passwords, desk, onUserCreated, ...identity }: Identity): AccountSetup {
  const forgetFactors = async (tx: Tx, userId: string) => {
    await deleteTotp(tx, userId);
    await deletePasskeysOf(tx, userId);
  };
  const needs = { db, clock, passwords, sessions: desk, onUserCreated, forgetFactors };
  return {
    ensureFirstAdministrator: (account) => ensureFirstAdministrator(needs, account),
    makeAdministrator: (account) => makeAdministrator(needs, account),
    seedDemonstration: async (steps) => {
      const login = await seedDemonstration(needs, { steps, password: identity.demonstrationPassword });
      if (identity.mayDemonstrate) identity.demonstration.login = login;
      return login;
    },
  };
}
