import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { notFound } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Asker } from './asker.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { confirmPassword } from './own-password.ts';
import { checkPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { SecurityNotices } from './security-notices.ts';
import type { SessionDesk } from './session-desk.ts';
import type { User } from './user.ts';
import { findUser, lockUser, updateUser } from './user-store.ts';

export interface ChangePasswordNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly sessions: SessionDesk;
  readonly notices: SecurityNotices;
}

export interface PasswordChange {
  readonly userId: string;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly asker: Asker;
}

/** Ends every session. `then` runs in the same transaction afterwards, for the browser that goes on. */
export async function changePassword<Result>(
  needs: ChangePasswordNeeds,
  change: PasswordChange,
  then: (tx: Tx, user: User) => Promise<Result>,
): Promise<Result> {
  const { db, clock, passwords, sessions } = needs;
  const user = await findUser(db, change.userId);
  if (user === null) throw notFound('account');
  await confirmPassword(needs, user, { password: change.currentPassword, path: 'currentPassword' });
  checkPassword(change.newPassword, user);
  const passwordHash = await passwords.hash(change.newPassword);
  return transact(db, async (tx) => {
    await lockUser(tx, user.id);
    await updateUser(tx, user.id, { passwordHash, at: clock.now() });
    const entry = { at: clock.now(), actorId: user.id, action: 'user.password_changed', subjectKind: 'user', subjectId: user.id };
    await writeAuditEntry(tx, { ...entry, ...change.asker });
    await sessions.endAll(tx, { userId: user.id, because: 'password changed', actorId: user.id, asker: change.asker });
    await needs.notices.tell(tx, user.id, { kind: 'passwordChanged', subject: String(clock.now()) });
    const changed = await findUser(tx, user.id);
    if (changed === null) throw notFound('account');
    return then(tx, changed);
  });
}
