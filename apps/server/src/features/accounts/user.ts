import type { User as WireUser } from '@holdfast/contract/accounts';
import type { Role } from '../../platform/http/index.ts';
import { planLimits } from '../plans/index.ts';
import type { Plans } from '../plans/index.ts';

/** One who signs in. Instants are epoch milliseconds; an empty name is one that was not given. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly username: string | null;
  readonly passwordHash: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: Role;
  readonly isActive: boolean;
  readonly timezone: string;
  readonly locale: string;
  readonly baseCurrency: string;
  readonly tokenVersion: number;
  readonly emailVerifiedAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deactivatedAt: number | null;
}

/** The user as the wire shows it. */
export function describeUser(user: User, plans: Plans): WireUser {
  return { ...publicFields(user), limits: planLimits(user.role, plans) };
}

export function publicFields(user: User) {
  return {
    id: user.id,
    email: user.email,
    username: user.username,
    firstName: user.firstName === '' ? null : user.firstName,
    lastName: user.lastName === '' ? null : user.lastName,
    role: user.role,
    isActive: user.isActive,
    timezone: user.timezone,
    locale: user.locale,
    baseCurrency: user.baseCurrency,
    createdAt: new Date(user.createdAt).toISOString(),
  };
}
