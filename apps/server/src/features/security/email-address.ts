/** Proving the address of an account, and changing it. */
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { confirmPassword, findUser, lockUser, updateUser } from '../accounts/index.ts';
import type { Asker, LoginThrottle, Passwords, SecurityNotices, User } from '../accounts/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { localeOf } from '../notifications/index.ts';
import { addressLeftMail } from './account-mails.ts';
import { deleteMailedTokens, findMailedToken, findMailedTokenOf, useMailedToken } from './mailed-token-store.ts';
import type { MailedToken } from './mailed-token-store.ts';
import { hashOfMailed, invalidToken, mailToken, needMail } from './mailed-tokens.ts';
import type { MailedTokenNeeds } from './mailed-tokens.ts';

/** Between two mails of a purpose. */
const REST_MS = 60_000;

export interface EmailNeeds extends MailedTokenNeeds {
  readonly db: Db;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly notices: SecurityNotices;
}

export async function describeEmail({ db, clock }: Pick<EmailNeeds, 'db' | 'clock'>, userId: string) {
  const user = await existing(db, userId);
  const pending = await findMailedTokenOf(db, { userId, purpose: 'changeEmail', now: clock.now() });
  const verifiedAt = user.emailVerifiedAt === null ? null : new Date(user.emailVerifiedAt).toISOString();
  return { email: user.email, verifiedAt, pendingEmail: pending?.email ?? null };
}

/** With the account, where mail is on. */
export async function welcome(needs: MailedTokenNeeds, tx: Tx, user: User): Promise<void> {
  if (needs.isMailOn) await mailToken(needs, tx, { user, purpose: 'verifyEmail', to: user.email });
}

/** Throws `conflict` for an address that is proved already, or where the last mail is less than a minute old. */
export async function sendVerification(needs: EmailNeeds, userId: string): Promise<void> {
  needMail(needs);
  const user = await existing(needs.db, userId);
  if (user.emailVerifiedAt !== null) throw new AppError('conflict', 'The address is confirmed already.');
  await restBetween(needs, userId, 'verifyEmail');
  await transact(needs.db, (tx) => mailToken(needs, tx, { user, purpose: 'verifyEmail', to: user.email }));
}

/**
 * Mails the link to the new address; nothing changes before it is used. Whether another account has the address is not said here, but to
 * whoever reads its mail. Throws `conflict` for the present address.
 */
export async function changeEmail(
  needs: EmailNeeds,
  change: { readonly userId: string; readonly email: string; readonly password: string },
  asker: Asker,
): Promise<void> {
  needMail(needs);
  const { db, clock } = needs;
  const user = await existing(db, change.userId);
  await confirmPassword(needs, user, { password: change.password, path: 'password' });
  if (user.email.toLowerCase() === change.email.toLowerCase())
    throw new AppError('conflict', 'This is the address of the account already.');
  await restBetween(needs, user.id, 'changeEmail');
  await transact(db, async (tx) => {
    await mailToken(needs, tx, { user, purpose: 'changeEmail', to: change.email });
    const entry = { at: clock.now(), actorId: user.id, action: 'email.change_asked', subjectKind: 'user', subjectId: user.id };
    await writeAuditEntry(tx, { ...entry, ...asker });
  });
}

/** Throws `invalid_token`; `email_taken` where another account has got the address meanwhile. */
export async function verifyEmail(needs: EmailNeeds, token: string, asker: Asker): Promise<{ readonly email: string }> {
  const { db, clock } = needs;
  const hash = hashOfMailed(token);
  return transact(db, async (tx) => {
    const found = await findMailedToken(tx, hash, clock.now());
    const user = found === null ? null : await lockUser(tx, found.userId);
    if (found === null || user === null || !user.isActive || found.purpose === 'resetPassword') throw invalidToken();
    if (!(await useMailedToken(tx, hash))) throw invalidToken();
    if (found.purpose === 'changeEmail') await moveTo(needs, tx, { user, found, asker });
    else if (found.email !== user.email) throw invalidToken();
    else await updateUser(tx, user.id, { emailVerifiedAt: clock.now(), at: clock.now() });
    const action = found.purpose === 'changeEmail' ? 'email.changed' : 'email.verified';
    await writeAuditEntry(tx, { at: clock.now(), actorId: user.id, action, subjectKind: 'user', subjectId: user.id, ...asker });
    return { email: found.email };
  });
}

interface Move {
  readonly user: User;
  readonly found: MailedToken;
  readonly asker: Asker;
}

/** Links that were mailed to the old address are worth nothing any more; the old address is told. */
async function moveTo({ clock, mails, notices }: EmailNeeds, tx: Tx, { user, found, asker }: Move): Promise<void> {
  const at = clock.now();
  await updateUser(tx, user.id, { email: found.email, emailVerifiedAt: at, at });
  await deleteMailedTokens(tx, user.id);
  const locale = localeOf(user.locale);
  await mails.queue(tx, { userId: user.id, to: user.email, locale, at, content: addressLeftMail(locale) });
  await notices.tell(tx, user.id, { kind: 'emailChanged', subject: asker.requestId });
}

async function restBetween({ db, clock }: EmailNeeds, userId: string, purpose: 'verifyEmail' | 'changeEmail'): Promise<void> {
  const earlier = await findMailedTokenOf(db, { userId, purpose, now: clock.now() });
  if (earlier !== null && clock.now() - earlier.createdAt < REST_MS)
    throw new AppError('conflict', 'A mail is on its way. Look for it, or ask again in a minute.');
}

async function existing(db: Db, userId: string): Promise<User> {
  const user = await findUser(db, userId);
  if (user === null) throw notFound('account');
  return user;
}
