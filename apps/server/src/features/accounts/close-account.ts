import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Asker } from './asker.ts';
import { keepAnAdministrator } from './keep-an-administrator.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { confirmPassword } from './own-password.ts';
import type { Passwords } from './passwords.ts';
import type { SessionDesk } from './session-desk.ts';
import { deleteUser, findUser, lockUser, updateUser } from './user-store.ts';

/** Removes, in the transaction that erases a user, what the user's row does not take along by itself. */
export type UserErasedHandler = (tx: Tx, userId: string) => Promise<void>;

export interface CloseAccountNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly sessions: SessionDesk;
  readonly onUserErased: readonly UserErasedHandler[];
}

export interface AccountClosing {
  readonly userId: string;
  readonly asker: Asker;
  /** For good, with everything the user owns; otherwise an administrator can bring the account back. */
  readonly erase: boolean;
  readonly password?: string;
}

/** Throws `conflict` for the last administrator, `invalid_value` when the password to erase with is missing or wrong. */
export async function closeAccount(needs: CloseAccountNeeds, closing: AccountClosing): Promise<void> {
  const { db, clock, sessions } = needs;
  const { userId, asker, erase } = closing;
  if (erase) await confirmErasure(needs, closing);
  await transact(db, async (tx) => {
    await keepAnAdministrator(tx, userId);
    if ((await lockUser(tx, userId)) === null) throw notFound('account');
    const action = erase ? 'user.erased' : 'user.deactivated';
    await writeAuditEntry(tx, { at: clock.now(), actorId: userId, action, subjectKind: 'user', subjectId: userId, ...asker });
    await sessions.endAll(tx, { userId, because: erase ? 'account erased' : 'account deactivated', actorId: userId, asker });
    if (!erase) {
      await updateUser(tx, userId, { isActive: false, at: clock.now() });
      return;
    }
    for (const handle of needs.onUserErased) await handle(tx, userId);
    await deleteUser(tx, userId);
  });
}

async function confirmErasure(needs: CloseAccountNeeds, { userId, password }: AccountClosing): Promise<void> {
  if (password === undefined)
    throw new AppError('invalid_value', 'Erasing cannot be undone: send your password in the body.', {
      errors: [{ path: 'password', message: 'is required' }],
    });
  const user = await findUser(needs.db, userId);
  if (user === null) throw notFound('account');
  await confirmPassword(needs, user, { password, path: 'password' });
}
