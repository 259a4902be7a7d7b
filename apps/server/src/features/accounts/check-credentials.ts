import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { networkOf } from '../../platform/limits/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Asker } from './asker.ts';
import type { LoginThrottle, ThrottledSubject } from './login-throttle.ts';
import type { Passwords } from './passwords.ts';
import type { KnownDevices, SecondFactor } from './second-factor.ts';
import type { User } from './user.ts';
import { findUserByLogin, updateUser } from './user-store.ts';

export interface CredentialNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly secondFactor: SecondFactor;
  readonly devices: KnownDevices;
}

export interface GivenCredentials {
  readonly login: string;
  readonly password: string;
  readonly code?: string | undefined;
  readonly userAgent: string;
}

const MINUTE_MS = 60_000;

/**
 * The user whom e-mail address (or user name), password and second factor belong to. Throws `invalid_credentials`, which is the same, and
 * takes as long, whether the account is unknown, deactivated or the password wrong; `second_factor_required` when only the code is
 * missing; `rate_limited` after several failures.
 */
export async function checkCredentials(needs: CredentialNeeds, given: GivenCredentials, asker: Asker): Promise<User> {
  const { db, clock, passwords } = needs;
  const user = await findUserByLogin(db, given.login);
  const isKnown = await needs.devices.isKnown(user?.id ?? null, { ip: asker.ip, userAgent: given.userAgent });
  const attempt = await needs.throttle.begin(subjectsOf(user?.id ?? given.login.toLowerCase(), networkOf(asker.ip), isKnown));
  const matches = await passwords.verify(given.password, user?.passwordHash ?? null);
  if (user === null || !matches || !user.isActive) {
    if (user !== null) {
      const entry = { at: clock.now(), actorId: null, action: 'login.failed', subjectKind: 'user', subjectId: user.id, ...asker };
      await transact(db, (tx) => writeAuditEntry(tx, entry));
    }
    throw new AppError('invalid_credentials', 'E-mail address or password is wrong.');
  }
  await attempt.succeeded();
  await needs.secondFactor.check(user, given.code, asker);
  if (passwords.isOutdated(user.passwordHash)) await renewHash(needs, user, given.password);
  return user;
}

/**
 * An account from one network waits up to 15 minutes; a network that tries many accounts as well. Guesses at one account from many
 * networks wait a minute at most, and not on devices that signed in before, or strangers could keep its owner out.
 */
function subjectsOf(account: string, network: string, isKnownDevice: boolean): readonly ThrottledSubject[] {
  const guarded: ThrottledSubject[] = [
    { name: `account ${account} from ${network}`, free: 5, longestWaitMs: 15 * MINUTE_MS, clears: true },
    { name: `network ${network}`, free: 50, longestWaitMs: 15 * MINUTE_MS, clears: false },
  ];
  if (!isKnownDevice) guarded.push({ name: `account ${account}`, free: 20, longestWaitMs: MINUTE_MS, clears: false });
  return guarded;
}

/** A hash of another system, or of weaker cost, is replaced now that the password is known. */
async function renewHash({ db, clock, passwords }: CredentialNeeds, user: User, password: string): Promise<void> {
  const passwordHash = await passwords.hash(password);
  await transact(db, async (tx) => {
    await updateUser(tx, user.id, { passwordHash, at: clock.now() });
    await writeAuditEntry(tx, { at: clock.now(), actorId: user.id, action: 'user.hash_renewed', subjectKind: 'user', subjectId: user.id });
  });
}
