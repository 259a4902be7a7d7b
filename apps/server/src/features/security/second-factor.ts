/** The second factor of an account: turning it on and off, its recovery codes, and the check at the sign-in. */
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { confirmPassword, findUser } from '../accounts/index.ts';
import type { Asker, LoginThrottle, Passwords, SecondFactor, SecurityEvent, SecurityNotices, User } from '../accounts/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { CODES_IN_A_SET, readRecoveryCode, writeRecoveryCode } from './recovery-code.ts';
import type { SecretBox } from './secret-box.ts';
import {
  countRecoveryCodes,
  deleteTotp,
  findRecoveryCode,
  findTotp,
  markTotpConfirmed,
  replaceRecoveryCodes,
  storeNewTotp,
  takeStep,
  useRecoveryCode,
} from './totp-store.ts';
import type { TotpFactor } from './totp-store.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

export interface SecondFactorNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly throttle: LoginThrottle;
  readonly notices: SecurityNotices;
  readonly box: SecretBox;
}

/** Who changes their second factor, having said their password again where that is asked. */
export interface FactorChange extends Asker {
  readonly userId: string;
}

export async function describeTotp({ db }: Pick<SecondFactorNeeds, 'db'>, userId: string) {
  const factor = await findTotp(db, userId);
  const enabledAt = factor?.confirmedAt ?? null;
  if (enabledAt === null) return { enabled: false, enabledAt: null, recoveryCodesLeft: 0 };
  return { enabled: true, enabledAt: new Date(enabledAt).toISOString(), recoveryCodesLeft: await countRecoveryCodes(db, userId) };
}

/** A new secret, which changes nothing until a code of it is confirmed. Throws `conflict` where there is a second factor already. */
export async function enrolTotp(needs: SecondFactorNeeds, change: FactorChange, password: string) {
  const { db, clock, box } = needs;
  const user = await knownUser(needs, change.userId, password);
  const secret = newTotpSecret();
  const isStored = await transact(db, (tx) =>
    storeNewTotp(tx, { userId: user.id, keyId: box.keyId, sealedSecret: box.seal(secret), at: clock.now() }),
  );
  if (!isStored) throw new AppError('conflict', 'The account has a second factor. Turn it off first to change to another authenticator.');
  return { secret, uri: totpUri(secret, user.email) };
}

/** Throws `invalid_value` for a wrong code, `conflict` where there is nothing to confirm. */
export async function confirmTotp(needs: SecondFactorNeeds, change: FactorChange, code: string): Promise<readonly string[]> {
  const { db, clock, box, throttle } = needs;
  const { userId } = change;
  const factor = await findTotp(db, userId);
  if (factor === null || factor.confirmedAt !== null)
    throw new AppError(
      'conflict',
      factor === null ? 'There is no secret to confirm. Ask for one first.' : 'The second factor is on already.',
    );
  const attempt = await throttle.begin([codeSubject(userId)]);
  const step = stepOfCode(secretOf(box, factor), code, clock.now());
  if (step === null)
    throw new AppError('invalid_value', 'The code is not right. Check that the clock of your device is set, and take the newest code.', {
      errors: [{ path: 'code', message: 'is not the code of the new secret' }],
    });
  await attempt.succeeded();
  const { codes, hashes } = await newCodes(needs.passwords);
  await transact(db, async (tx) => {
    if (!(await takeStep(tx, userId, step))) throw new AppError('conflict', 'The second factor is on already.');
    await markTotpConfirmed(tx, userId, clock.now());
    await replaceRecoveryCodes(tx, userId, hashes);
    await record(needs, tx, { ...change, action: 'secondFactor.enabled', event: 'secondFactorOn' });
  });
  return codes;
}

export async function disableTotp(needs: SecondFactorNeeds, change: FactorChange, password: string): Promise<void> {
  await knownUser(needs, change.userId, password);
  await transact(needs.db, async (tx) => {
    if (!(await deleteTotp(tx, change.userId))) throw noFactor();
    await record(needs, tx, { ...change, action: 'secondFactor.disabled', event: 'secondFactorOff' });
  });
}

export async function renewRecoveryCodes(needs: SecondFactorNeeds, change: FactorChange, password: string): Promise<readonly string[]> {
  await knownUser(needs, change.userId, password);
  const { codes, hashes } = await newCodes(needs.passwords);
  await transact(needs.db, async (tx) => {
    const factor = await findTotp(tx, change.userId);
    if (factor === null || factor.confirmedAt === null) throw noFactor();
    await replaceRecoveryCodes(tx, change.userId, hashes);
    await record(needs, tx, { ...change, action: 'recoveryCodes.renewed', event: 'recoveryCodesRenewed' });
  });
  return codes;
}

/** What the sign-in asks, see accounts. */
export function createSecondFactor(needs: SecondFactorNeeds): SecondFactor {
  return {
    check: async (user, code, asker) => {
      const factor = await findTotp(needs.db, user.id);
      if (factor === null || factor.confirmedAt === null) return;
      if (code === undefined || code.trim() === '')
        throw new AppError('second_factor_required', 'This account has a second factor: send its code, or a recovery code, as `code`.');
      const attempt = await needs.throttle.begin([codeSubject(user.id)]);
      if (!(await takeCode(needs, { user, factor, code, asker }))) {
        const entry = {
          at: needs.clock.now(),
          actorId: null,
          action: 'secondFactor.failed',
          subjectKind: 'user',
          subjectId: user.id,
          ...asker,
        };
        await transact(needs.db, (tx) => writeAuditEntry(tx, entry));
        throw new AppError('invalid_credentials', 'The code is wrong or was used already. Take the newest one, or a recovery code.', {
          errors: [{ path: 'code', message: 'is wrong or was used' }],
        });
      }
      await attempt.succeeded();
    },
  };
}

interface GivenCode {
  readonly user: User;
  readonly factor: TotpFactor;
  readonly code: string;
  readonly asker: Asker;
}

async function takeCode(needs: SecondFactorNeeds, { user, factor, code, asker }: GivenCode): Promise<boolean> {
  const { db, clock, box, passwords } = needs;
  const recovery = readRecoveryCode(code);
  if (recovery === null) {
    const step = stepOfCode(secretOf(box, factor), code, clock.now());
    return step !== null && transact(db, (tx) => takeStep(tx, user.id, step));
  }
  const hash = await findRecoveryCode(db, user.id, recovery.number);
  if (!(await passwords.verify(recovery.plain, hash)) || hash === null) return false;
  return transact(db, async (tx) => {
    if (!(await useRecoveryCode(tx, { userId: user.id, number: recovery.number, hash, at: clock.now() }))) return false;
    await record(needs, tx, { userId: user.id, ...asker, action: 'recoveryCode.used', event: 'recoveryCodeUsed' });
    return true;
  });
}

async function record(
  { clock, notices }: SecondFactorNeeds,
  tx: Tx,
  { userId, requestId, ip, action, event }: FactorChange & { readonly action: string; readonly event: SecurityEvent },
): Promise<void> {
  const at = clock.now();
  await writeAuditEntry(tx, { at, actorId: userId, action, subjectKind: 'user', subjectId: userId, requestId, ip });
  await notices.tell(tx, userId, { kind: event, subject: requestId });
}

async function knownUser(needs: SecondFactorNeeds, userId: string, password: string): Promise<User> {
  const user = await findUser(needs.db, userId);
  if (user === null) throw notFound('account');
  await confirmPassword(needs, user, { password, path: 'password' });
  return user;
}

async function newCodes(passwords: Passwords) {
  const codes = Array.from({ length: CODES_IN_A_SET }, (_, number) => writeRecoveryCode(number));
  const hashes = await Promise.all(codes.map((code) => passwords.hash(readRecoveryCode(code)?.plain ?? code)));
  return { codes, hashes };
}

/** Whoever guesses here has the password: the account waits, wherever the guesses come from. */
function codeSubject(userId: string) {
  return { name: `code ${userId}`, free: 5, longestWaitMs: 15 * 60_000, clears: true };
}

function secretOf(box: SecretBox, { keyId, sealedSecret }: TotpFactor): string {
  const secret = box.open({ keyId, bytes: sealedSecret });
  if (secret === null)
    throw new AppError(
      'unavailable',
      'Codes cannot be checked: SECRET_KEY was changed. Use a recovery code, and set the second factor up anew.',
    );
  return secret;
}

function noFactor(): AppError {
  return new AppError('conflict', 'The account has no second factor.');
}
