import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { createUser } from './create-user.ts';
import type { CreateUserNeeds } from './create-user.ts';
import { checkPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { SessionDesk } from './session-desk.ts';
import { findUserByLogin, lockAdministrators, lockFirstAdministrator, updateUser } from './user-store.ts';

export interface AdministratorNeeds extends CreateUserNeeds {
  readonly db: Db;
  readonly passwords: Passwords;
  readonly sessions: SessionDesk;
  /** Forgets second factor and passkeys, which may be those of whoever had the address before. */
  readonly forgetFactors: (tx: Tx, userId: string) => Promise<void>;
}

export interface AdministratorAccount {
  readonly email: string;
  readonly password: string;
  /** Outside production whoever runs the server may choose a password that the rules refuse. */
  readonly anyPassword?: boolean;
}

/** `none`: there is an administrator already and nothing was done. */
export type AdministratorOutcome = 'created' | 'promoted' | 'none';

/** What start does with ADMIN_EMAIL and ADMIN_PASSWORD. Safe when several servers start at once. */
export async function ensureFirstAdministrator(needs: AdministratorNeeds, account: AdministratorAccount): Promise<AdministratorOutcome> {
  return transact(needs.db, async (tx) => {
    await lockFirstAdministrator(tx);
    return (await lockAdministrators(tx)).length > 0 ? 'none' : makeAdministrator(needs, account);
  });
}

/**
 * Creates the account, or takes over the one that has the address: it gets the role and this password, and whoever was signed in is
 * not any more, because anybody could have registered the address before. Throws `weak_password`.
 */
export async function makeAdministrator(needs: AdministratorNeeds, account: AdministratorAccount): Promise<'created' | 'promoted'> {
  const { db, clock, passwords, sessions } = needs;
  if (account.anyPassword !== true) checkPassword(account.password, account);
  const passwordHash = await passwords.hash(account.password);
  return transact(db, async (tx) => {
    const user = await findUserByLogin(tx, account.email);
    if (user === null) {
      await createUser(needs, tx, { email: account.email, passwordHash, role: 'admin' });
      return 'created';
    }
    const at = clock.now();
    await updateUser(tx, user.id, { role: 'admin', isActive: true, passwordHash, at });
    await needs.forgetFactors(tx, user.id);
    const details = { from: user.role, to: 'admin' };
    await writeAuditEntry(tx, { at, actorId: null, action: 'user.role_changed', subjectKind: 'user', subjectId: user.id, details });
    await sessions.endAll(tx, { userId: user.id, because: 'made administrator', actorId: null, asker: { requestId: '', ip: '' } });
    return 'promoted';
  });
}
