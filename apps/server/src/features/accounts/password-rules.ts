import { AppError } from '../../platform/http/index.ts';
import { isGuessedFirst } from './is-guessed-first.ts';

const SHORTEST = 8;
const LONGEST = 128;

/**
 * Refuses, as `weak_password`, what is guessed first: too short, well known, or the name it belongs to. No rule about kinds of
 * characters, which only makes passwords alike (NIST SP 800-63B, section 3.1.1.2).
 */
export function checkPassword(password: string, owner: { readonly email: string; readonly username?: string | null }): void {
  const fault = faultOf(password, owner);
  if (fault === null) return;
  throw new AppError('weak_password', `The password ${fault}.`, { errors: [{ path: 'password', message: fault }] });
}

function faultOf(password: string, { email, username }: { readonly email: string; readonly username?: string | null }): string | null {
  const length = [...password].length;
  if (length < SHORTEST) return `has ${length} characters and needs at least ${SHORTEST}`;
  if (length > LONGEST) return `has ${length} characters and may have at most ${LONGEST}`;
  const lower = password.toLowerCase();
  const names = [email, email.split('@', 1)[0] ?? email, username ?? email].map((name) => name.toLowerCase());
  if (names.includes(lower)) return 'is the e-mail address or the user name; choose another';
  if (isGuessedFirst(password)) return 'is one of the first that are tried; choose another';
  return null;
}
