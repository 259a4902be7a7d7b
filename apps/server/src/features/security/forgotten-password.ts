/** Choosing a new password by mail. */
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { networkOf } from '../../platform/limits/index.ts';
import { checkPassword, findUser, findUserByLogin, lockUser, updateUser } from '../accounts/index.ts';
import type { Asker, LoginThrottle, Passwords, SecurityNotices, SessionDesk } from '../accounts/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { findMailedToken, findMailedTokenOf, useMailedToken } from './mailed-token-store.ts';
import { hashOfMailed, invalidToken, mailToken, needMail } from './mailed-tokens.ts';
import type { MailedTokenNeeds } from './mailed-tokens.ts';

/** Between two mails for one account: nobody's mailbox is to be filled by strangers. */
const REST_MS = 60_000;

export interface ForgottenPasswordNeeds extends MailedTokenNeeds {
  readonly db: Db;
  readonly throttle: LoginThrottle;
  readonly onError: (error: unknown) => void;
}

export interface ForgottenPasswords {
  /** Done when the request is noted, which takes as long for an unknown address; the mail is written afterwards. */
  ask(email: string, asker: Asker): Promise<void>;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

export function createForgottenPasswords(needs: ForgottenPasswordNeeds): ForgottenPasswords {
  const underWay = new Set<Promise<void>>();
  return {
    ask: async (email, asker) => {
      needMail(needs);
      await needs.throttle.begin([{ name: `forgot from ${networkOf(asker.ip)}`, free: 20, longestWaitMs: 15 * 60_000, clears: false }]);
      const work: Promise<void> = writeMail(needs, email, asker)
        .catch(needs.onError)
        .finally(() => underWay.delete(work));
      underWay.add(work);
    },
    close: async () => void (await Promise.all(underWay)),
  };
}

async function writeMail(needs: ForgottenPasswordNeeds, email: string, asker: Asker): Promise<void> {
  const { db, clock } = needs;
  const user = await findUserByLogin(db, email);
  if (user === null || !user.isActive) return;
  const earlier = await findMailedTokenOf(db, { userId: user.id, purpose: 'resetPassword', now: clock.now() });
  if (earlier !== null && clock.now() - earlier.createdAt < REST_MS) return;
  await transact(db, async (tx) => {
    await mailToken(needs, tx, { user, purpose: 'resetPassword', to: user.email });
    const entry = { at: clock.now(), actorId: null, action: 'password.reset_asked', subjectKind: 'user', subjectId: user.id };
    await writeAuditEntry(tx, { ...entry, ...asker });
  });
}

export interface ResetNeeds extends MailedTokenNeeds {
  readonly db: Db;
  readonly passwords: Passwords;
  readonly sessions: SessionDesk;
  readonly notices: SecurityNotices;
}

/** Ends every session and API key. Throws `invalid_token`, and `weak_password`, which does not use the token up. */
export async function resetPassword(
  needs: ResetNeeds,
  { token, password }: { readonly token: string; readonly password: string },
  asker: Asker,
): Promise<void> {
  const { db, clock, passwords, sessions, notices } = needs;
  const hash = hashOfMailed(token);
  const found = await findMailedToken(db, hash, clock.now());
  const user = found?.purpose === 'resetPassword' ? await findUser(db, found.userId) : null;
  if (user === null || !user.isActive) throw invalidToken();
  checkPassword(password, user);
  const passwordHash = await passwords.hash(password);
  await transact(db, async (tx) => {
    await lockUser(tx, user.id);
    if (!(await useMailedToken(tx, hash))) throw invalidToken();
    const at = clock.now();
    // Whoever has the link reads the mail: that proves the address too.
    await updateUser(tx, user.id, { passwordHash, ...(user.emailVerifiedAt === null ? { emailVerifiedAt: at } : {}), at });
    await writeAuditEntry(tx, { at, actorId: user.id, action: 'user.password_reset', subjectKind: 'user', subjectId: user.id, ...asker });
    await sessions.endAll(tx, { userId: user.id, because: 'password reset', actorId: user.id, asker });
    await notices.tell(tx, user.id, { kind: 'passwordChanged', subject: asker.requestId });
  });
}
