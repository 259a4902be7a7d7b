import type { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transact.ts';
import type { Role } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Asker } from './asker.ts';
import { insertUser } from './user-store.ts';
import type { User } from './user.ts';

/** Runs in the transaction that creates a user, so that what belongs to every account is there from its first moment. */
export type UserCreatedHandler = (tx: Tx, user: User) => Promise<void>;

export interface CreateUserNeeds {
  readonly clock: Clock;
  readonly onUserCreated: readonly UserCreatedHandler[];
}

export interface NewUser {
  readonly email: string;
  readonly passwordHash: string;
  readonly username?: string | null;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly role?: Role;
  readonly asker?: Asker;
}

/** Throws `email_taken` or `username_taken`. The password's rules are the caller's affair, since only the hash comes here. */
export async function createUser({ clock, onUserCreated }: CreateUserNeeds, tx: Tx, draft: NewUser): Promise<User> {
  const now = clock.now();
  const user: User = {
    id: newId(now),
    email: draft.email,
    username: draft.username ?? null,
    passwordHash: draft.passwordHash,
    firstName: draft.firstName?.trim() ?? '',
    lastName: draft.lastName?.trim() ?? '',
    role: draft.role ?? 'standard',
    isActive: true,
    timezone: 'UTC',
    locale: 'en',
    baseCurrency: 'USD',
    tokenVersion: 1,
    emailVerifiedAt: null,
    createdAt: now,
    updatedAt: now,
    deactivatedAt: null,
  };
  await insertUser(tx, user);
  for (const handle of onUserCreated) await handle(tx, user);
  await writeAuditEntry(tx, {
    at: now,
    actorId: draft.asker === undefined ? null : user.id,
    action: 'user.created',
    subjectKind: 'user',
    subjectId: user.id,
    ...draft.asker,
    details: { role: user.role },
  });
  return user;
}
