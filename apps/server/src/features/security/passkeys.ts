/** Passkeys (WebAuthn Level 3): made by somebody signed in, used to sign in without a name, with the user verified each time. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { confirmPassword, findUser } from '../accounts/index.ts';
import type { Asker, LoginThrottle, Passwords, SecurityNotices, User } from '../accounts/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { readChallenge, writeChallenge } from './challenge.ts';
import {
  deletePasskey,
  findPasskey,
  findPasskeys,
  insertPasskey,
  lockCredential,
  renamePasskeyRow,
  storePasskeyUse,
  useChallenge,
} from './passkey-store.ts';
import type { PasskeyRow } from './passkey-store.ts';

export interface PasskeyNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly notices: SecurityNotices;
  readonly challengeKey: Buffer;
}

/** The site that passkeys are made for: what the browser says it is, and the name that they are bound to. */
export interface Site {
  readonly origin: string;
  readonly host: string;
}

export interface PasskeyAsker extends Asker {
  readonly userId: string;
}

/** Read when somebody has to do with passkeys: it brings half a megabyte of certificates' grammar. */
const webauthn = () => import('@simplewebauthn/server');

const MOST_PASSKEYS = 20;
const LOGIN = 'login';
const ASK_FOR_MS = 5 * 60_000;

export async function listPasskeys({ db }: Pick<PasskeyNeeds, 'db'>, userId: string) {
  return { items: (await findPasskeys(db, userId)).map(describe) };
}

/** What the browser needs to make one. Throws `conflict` where there are too many. */
export async function startPasskey(needs: PasskeyNeeds, asker: PasskeyAsker, asked: { readonly password: string; readonly site: Site }) {
  const user = await findUser(needs.db, asker.userId);
  if (user === null) throw notFound('account');
  await confirmPassword(needs, user, { password: asked.password, path: 'password' });
  const present = await findPasskeys(needs.db, user.id);
  if (present.length >= MOST_PASSKEYS)
    throw new AppError('conflict', `There are ${MOST_PASSKEYS} passkeys already, which is the most. Remove one first.`);
  return (await webauthn()).generateRegistrationOptions({
    rpName: 'Holdfast',
    rpID: asked.site.host,
    userName: user.email,
    userDisplayName: user.username ?? user.email,
    userID: new TextEncoder().encode(user.id),
    challenge: Buffer.from(writeChallenge(challengeFor(needs, user.id)), 'base64url'),
    timeout: ASK_FOR_MS,
    attestationType: 'none',
    excludeCredentials: present.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Throws `invalid_value` for an answer that does not fit, `conflict` for a passkey that is known already. */
export async function addPasskey(
  needs: PasskeyNeeds,
  asker: PasskeyAsker,
  asked: { readonly name: string; readonly credential: RegistrationResponseJSON; readonly site: Site },
) {
  const { db, clock, notices } = needs;
  const { userId, requestId, ip } = asker;
  const used = { challenge: '', expiresAt: 0 };
  const verified = await (
    await webauthn()
  )
    .verifyRegistrationResponse({
      response: asked.credential,
      expectedChallenge: (challenge) => isGood(needs, { challenge, purpose: userId, used }),
      expectedOrigin: asked.site.origin,
      expectedRPID: asked.site.host,
      requireUserVerification: true,
    })
    .catch(() => null);
  if (verified?.verified !== true)
    throw new AppError('invalid_value', 'The passkey could not be checked. Begin again.', {
      errors: [{ path: 'credential', message: 'does not answer what was asked' }],
    });
  const { credential, credentialBackedUp } = verified.registrationInfo;
  const now = clock.now();
  const row: PasskeyRow = {
    id: newId(now),
    userId,
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
    name: asked.name.trim(),
    backedUp: credentialBackedUp,
    createdAt: now,
    lastUsedAt: null,
  };
  return transact(db, async (tx) => {
    if (!(await useChallenge(tx, used.challenge, used.expiresAt)) || !(await insertPasskey(tx, row)))
      throw new AppError('conflict', 'This passkey was added before.');
    await writeAuditEntry(tx, {
      at: now,
      actorId: userId,
      action: 'passkey.added',
      subjectKind: 'passkey',
      subjectId: row.id,
      requestId,
      ip,
    });
    await notices.tell(tx, userId, { kind: 'passkeyAdded', subject: row.id, detail: row.name });
    return describe(row);
  });
}

export async function renamePasskey(needs: PasskeyNeeds, asker: PasskeyAsker, asked: { readonly id: string; readonly name: string }) {
  const { userId, requestId, ip } = asker;
  return transact(needs.db, async (tx) => {
    const row = await renamePasskeyRow(tx, { id: asked.id, userId, name: asked.name.trim() });
    if (row === null) throw notFound('passkey');
    const entry = { at: needs.clock.now(), actorId: userId, action: 'passkey.renamed', subjectKind: 'passkey', subjectId: row.id };
    await writeAuditEntry(tx, { ...entry, requestId, ip });
    return describe(row);
  });
}

export async function removePasskey(
  needs: PasskeyNeeds,
  asker: PasskeyAsker,
  asked: { readonly id: string; readonly password: string },
): Promise<void> {
  const { userId, requestId, ip } = asker;
  const [user, passkey] = await Promise.all([findUser(needs.db, userId), findPasskey(needs.db, userId, asked.id)]);
  if (user === null || passkey === null) throw notFound('passkey');
  await confirmPassword(needs, user, { password: asked.password, path: 'password' });
  await transact(needs.db, async (tx) => {
    if (!(await deletePasskey(tx, userId, asked.id))) throw notFound('passkey');
    const entry = { at: needs.clock.now(), actorId: userId, action: 'passkey.removed', subjectKind: 'passkey', subjectId: asked.id };
    await writeAuditEntry(tx, { ...entry, requestId, ip });
    await needs.notices.tell(tx, userId, { kind: 'passkeyRemoved', subject: asked.id, detail: passkey.name });
  });
}

/** The same for everybody: it names no credentials, so it tells nobody who has some. */
export async function startPasskeyLogin(needs: PasskeyNeeds, site: Site) {
  return (await webauthn()).generateAuthenticationOptions({
    rpID: site.host,
    challenge: Buffer.from(writeChallenge(challengeFor(needs, LOGIN)), 'base64url'),
    timeout: ASK_FOR_MS,
    userVerification: 'required',
  });
}

/** The active user whose passkey answered. Throws `invalid_credentials`, whatever does not fit. */
export async function checkPasskey(
  needs: PasskeyNeeds,
  { credential, site }: { readonly credential: AuthenticationResponseJSON; readonly site: Site },
  asker: Asker,
): Promise<User> {
  const user = await transact(needs.db, async (tx) => {
    const passkey = await lockCredential(tx, credential.id);
    if (passkey === null) return null;
    const used = { challenge: '', expiresAt: 0 };
    const { credentialId, publicKey, counter, transports, userId } = passkey;
    const verified = await (
      await webauthn()
    )
      .verifyAuthenticationResponse({
        response: credential,
        expectedChallenge: (challenge) => isGood(needs, { challenge, purpose: LOGIN, used }),
        expectedOrigin: site.origin,
        expectedRPID: site.host,
        credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter, transports: [...transports] },
        requireUserVerification: true,
      })
      .catch(() => null);
    const at = needs.clock.now();
    const owner = verified?.verified === true ? await findUser(tx, userId) : null;
    if (verified === null || owner?.isActive !== true || !(await useChallenge(tx, used.challenge, used.expiresAt))) {
      await writeAuditEntry(tx, { at, actorId: null, action: 'login.failed', subjectKind: 'user', subjectId: userId, ...asker });
      return null;
    }
    const { newCounter, credentialBackedUp } = verified.authenticationInfo;
    await storePasskeyUse(tx, passkey.id, { counter: newCounter, backedUp: credentialBackedUp, at });
    return owner;
  });
  if (user === null)
    throw new AppError('invalid_credentials', 'This passkey does not sign in here. Use your password, or another passkey.');
  return user;
}

function challengeFor({ challengeKey, clock }: PasskeyNeeds, purpose: string) {
  return { key: challengeKey, now: clock.now(), purpose };
}

/** Notes which challenge was answered, so that it can be marked as used with the effect. */
function isGood(
  needs: PasskeyNeeds,
  {
    challenge,
    purpose,
    used,
  }: { readonly challenge: string; readonly purpose: string; readonly used: { challenge: string; expiresAt: number } },
): boolean {
  const expiresAt = readChallenge(challenge, challengeFor(needs, purpose));
  if (expiresAt === null) return false;
  used.challenge = challenge;
  used.expiresAt = expiresAt;
  return true;
}

function describe({ id, name, backedUp, createdAt, lastUsedAt }: PasskeyRow) {
  return {
    id,
    name,
    backedUp,
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  };
}
