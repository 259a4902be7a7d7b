/** Making, mailing and reading the tokens that prove an address. Only their hashes are kept. */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import type { User } from '../accounts/index.ts';
import { localeOf } from '../notifications/index.ts';
import type { MailQueue } from '../notifications/index.ts';
import { accountMail } from './account-mails.ts';
import { storeMailedToken } from './mailed-token-store.ts';
import type { MailedPurpose } from './mailed-token-store.ts';

const PREFIX = 'hfm_';
const HOUR_MS = 60 * 60_000;
const GOOD_FOR_MS: Readonly<Record<MailedPurpose, number>> = {
  verifyEmail: 48 * HOUR_MS,
  changeEmail: 48 * HOUR_MS,
  resetPassword: HOUR_MS,
};

export interface MailedTokenNeeds {
  readonly clock: Clock;
  readonly mails: MailQueue;
  /** False where no mail server is set. */
  readonly isMailOn: boolean;
  /** Where the web app is, without a slash at the end. */
  readonly siteUrl: string;
}

/** Stores a token and queues its mail, in place of an earlier one of the purpose. */
export async function mailToken(
  { clock, mails, siteUrl }: MailedTokenNeeds,
  tx: Tx,
  { user, purpose, to }: { readonly user: User; readonly purpose: MailedPurpose; readonly to: string },
): Promise<void> {
  const now = clock.now();
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const stored = { userId: user.id, purpose, email: to, createdAt: now, expiresAt: now + GOOD_FOR_MS[purpose] };
  await storeMailedToken(tx, hashOfMailed(token), stored);
  const locale = localeOf(user.locale);
  await mails.queue(tx, { userId: user.id, to, locale, at: now, content: accountMail({ purpose, locale, siteUrl, token }) });
}

export function hashOfMailed(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function invalidToken(): AppError {
  return new AppError('invalid_token', 'This link was used, has ended, or a newer one was sent. Ask for a new one.');
}

/** Throws `unavailable` where the server sends no mail: better said than waited for. */
export function needMail({ isMailOn }: Pick<MailedTokenNeeds, 'isMailOn'>): void {
  if (!isMailOn) throw new AppError('unavailable', 'This server sends no mail. Ask whoever runs it to set SMTP_URL.');
}
