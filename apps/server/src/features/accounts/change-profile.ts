import { findCurrency } from '@holdfast/engine/money';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Asker } from './asker.ts';
import type { User } from './user.ts';
import { updateUser } from './user-store.ts';

export interface ProfileChange {
  readonly username?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly timezone?: string;
  readonly locale?: string;
  readonly baseCurrency?: string;
}

/** Throws `username_taken`, and `invalid_value` for a time zone, language or currency that does not exist. */
export async function changeProfile(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  change: ProfileChange,
  asker: Asker & { readonly userId: string },
): Promise<User> {
  const { firstName, lastName, timezone, locale, baseCurrency, ...rest } = change;
  if (baseCurrency !== undefined && findCurrency(baseCurrency) === null)
    throw invalid('baseCurrency', `There is no currency ${baseCurrency}. Use an ISO 4217 code such as USD or EUR.`);
  const checked = {
    ...rest,
    ...(firstName === undefined ? {} : { firstName: firstName?.trim() ?? '' }),
    ...(lastName === undefined ? {} : { lastName: lastName?.trim() ?? '' }),
    ...(timezone === undefined ? {} : { timezone: knownZone(timezone) }),
    ...(locale === undefined ? {} : { locale: knownLocale(locale) }),
    ...(baseCurrency === undefined ? {} : { baseCurrency }),
  };
  const { userId, ...from } = asker;
  return transact(db, async (tx) => {
    const at = clock.now();
    const user = await updateUser(tx, userId, { ...checked, at });
    const entry = { at, actorId: userId, action: 'user.changed', subjectKind: 'user', subjectId: userId };
    await writeAuditEntry(tx, { ...entry, ...from, details: { fields: Object.keys(checked) } });
    return user;
  });
}

function knownZone(name: string): string {
  try {
    // Offsets such as +01:00 are no zones: they know no daylight saving.
    if (/^[A-Za-z]/.test(name)) return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // Falls through to the refusal.
  }
  throw invalid('timezone', 'This is no time zone. Use a name such as Europe/Berlin.');
}

function knownLocale(tag: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical !== undefined) return canonical;
  } catch {
    // Falls through to the refusal.
  }
  throw invalid('locale', 'This is no language tag. Use one such as en or de-CH.');
}

function invalid(path: string, detail: string): AppError {
  return new AppError('invalid_value', detail, { errors: [{ path, message: 'is not known' }] });
}
