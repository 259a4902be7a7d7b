import { Type } from 'typebox';
import type { Static } from 'typebox';
import { Closed, Currency, Email, Id, Instant, Nullable, OneOf } from '../shapes.ts';

export const Role = OneOf(['standard', 'premium', 'admin']);

/** What a plan allows; null is no limit. */
export const PlanLimits = Closed({
  watchlists: Nullable(Type.Integer({ minimum: 0 })),
  priceHistoryDays: Nullable(Type.Integer({ minimum: 0, description: 'How old a market price may be to be shown.' })),
  requestsPerHour: Nullable(Type.Integer({ minimum: 0, description: 'Calls by token; orders do not count.' })),
});

const userFields = {
  id: Id,
  email: Email,
  username: Nullable(Type.String()),
  firstName: Nullable(Type.String()),
  lastName: Nullable(Type.String()),
  role: Role,
  isActive: Type.Boolean(),
  timezone: Type.String({ examples: ['Europe/Berlin'] }),
  locale: Type.String({ examples: ['en'] }),
  baseCurrency: Currency,
  createdAt: Instant,
} as const;

export const User = Closed({ ...userFields, limits: PlanLimits });
export type User = Static<typeof User>;

/** What an administrator sees of a user: nothing of what the user owns. */
export const AdminUser = Closed({
  ...userFields,
  updatedAt: Instant,
  deactivatedAt: Nullable(Instant),
  lastSeenAt: Nullable(Instant),
  openSessions: Type.Integer({ minimum: 0 }),
});
export type AdminUser = Static<typeof AdminUser>;

export const Username = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{1,31}$',
  maxLength: 32,
  description: 'Letters, digits, dot, underscore and hyphen. Upper and lower case are the same name.',
  examples: ['ada'],
});
export const PersonName = Type.String({ maxLength: 100 });
/** The rule of 8 to 128 characters is not in the schema, so that it is answered as `weak_password`. */
export const NewPassword = Type.String({
  minLength: 1,
  maxLength: 1024,
  description: '8 to 128 characters, any characters; not a well-known one and not the e-mail address or user name.',
});
export const GivenPassword = Type.String({ minLength: 1, maxLength: 1024 });

export const userExample: User = {
  id: '01936f2e-8c00-7000-8000-000000000001',
  email: 'ada@example.com',
  username: 'ada',
  firstName: 'Ada',
  lastName: 'Lovelace',
  role: 'standard',
  isActive: true,
  timezone: 'Europe/London',
  locale: 'en',
  baseCurrency: 'USD',
  createdAt: '2026-01-05T14:30:00.000Z',
  limits: { watchlists: 1, priceHistoryDays: 30, requestsPerHour: 100 },
};

const { limits: _limits, ...plainExample } = userExample;
export const adminUserExample: AdminUser = {
  ...plainExample,
  updatedAt: '2026-01-06T09:00:00.000Z',
  deactivatedAt: null,
  lastSeenAt: '2026-01-06T09:00:00.000Z',
  openSessions: 1,
};
