import type { Tx } from '../../platform/db/transact.ts';
import type { Asker } from './asker.ts';
import { createUser } from './create-user.ts';
import type { CreateUserNeeds, UserCreatedHandler } from './create-user.ts';
import { checkPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { User } from './user.ts';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly username?: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

export interface RegisterNeeds extends CreateUserNeeds {
  readonly passwords: Passwords;
  /** Called in the transaction that opens an account for somebody who asked for one. */
  readonly onRegistered: UserCreatedHandler;
}

/**
 * Checks the password and makes its hash, and gives what creates the user inside a transaction: hashing takes long, and no
 * connection should be held meanwhile. Throws `weak_password`; creating throws `email_taken` or `username_taken`.
 */
export async function prepareUser(needs: RegisterNeeds, registration: Registration, asker: Asker): Promise<(tx: Tx) => Promise<User>> {
  const { password, ...rest } = registration;
  checkPassword(password, rest);
  const passwordHash = await needs.passwords.hash(password);
  return async (tx) => {
    const user = await createUser(needs, tx, { ...rest, passwordHash, asker });
    await needs.onRegistered(tx, user);
    return user;
  };
}
