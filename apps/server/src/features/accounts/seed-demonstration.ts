import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { deriveKey } from '../../platform/derive-key.ts';
import { createUser } from './create-user.ts';
import type { AdministratorNeeds } from './make-administrator.ts';
import { findUserByLogin } from './user-store.ts';
import type { User } from './user.ts';

/** Gives the demonstration account something to show. Runs once, in the transaction that creates the account. */
export type DemonstrationStep = (tx: Tx, user: User) => Promise<void>;

export interface DemonstrationLogin {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
}

/** How anybody may sign in to the demonstration account. Null until it is there, and always in production. */
export interface DemonstrationDoor {
  login: Pick<DemonstrationLogin, 'email' | 'password'> | null;
}

const EMAIL = 'demo@example.com';

/** Each installation has its own, so that a server which became reachable from elsewhere has no account that everybody knows. */
export function demonstrationPassword(secretKey: string): string {
  const text = deriveKey(secretKey, 'demonstration-password/v1').toString('hex');
  return `demo-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8, 12)}`;
}

export async function seedDemonstration(
  needs: AdministratorNeeds,
  { steps, password }: { readonly steps: readonly DemonstrationStep[]; readonly password: string },
): Promise<DemonstrationLogin> {
  const present = await findUserByLogin(needs.db, EMAIL);
  if (present !== null) return { userId: present.id, email: EMAIL, password };
  const passwordHash = await needs.passwords.hash(password);
  const userId = await transact(needs.db, async (tx) => {
    const user = await createUser(needs, tx, { email: EMAIL, passwordHash, firstName: 'Demo', lastName: 'User' });
    for (const step of steps) await step(tx, user);
    return user.id;
  });
  return { userId, email: EMAIL, password };
}
