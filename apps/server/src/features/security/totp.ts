/** Time-based one-time codes (RFC 6238): six digits, SHA-1, 30 seconds, which is what every authenticator app can do. */
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** One step to either side, for telephones whose clock is off (RFC 6238, section 5.2). */
const WINDOW = 1;
const SECRET_BYTES = 20;

export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the app reads from the QR code. `account` is shown beside the code. */
export function totpUri(secret: string, account: string): string {
  return totpOf(secret, account).toString();
}

/** The time step that the code belongs to, or null when it is wrong. `now` is in epoch milliseconds. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return null;
  const delta = totpOf(secret, '').validate({ token: digits, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1_000 / PERIOD_SECONDS) + delta;
}

function totpOf(secret: string, account: string): TOTP {
  const label = account === '' ? 'account' : account;
  return new TOTP({ issuer: 'Holdfast', label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS, secret: Secret.fromBase32(secret) });
}
