import { AppError } from '../../platform/http/index.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { Passwords } from './passwords.ts';
import type { User } from './user.ts';

/**
 * Makes sure that who is signed in knows the password too. A wrong one is a wrong field, not a lost session: answered 422, and
 * slowed like a login, since a session left open must not become a way to guess.
 */
export async function confirmPassword(
  { passwords, throttle }: { readonly passwords: Passwords; readonly throttle: LoginThrottle },
  user: User,
  given: { readonly password: string; readonly path: string },
): Promise<void> {
  const attempt = await throttle.begin([{ name: `confirm ${user.id}`, free: 5, longestWaitMs: 15 * 60_000, clears: true }]);
  if (await passwords.verify(given.password, user.passwordHash)) return attempt.succeeded();
  throw new AppError('invalid_value', 'The current password is not right.', {
    errors: [{ path: given.path, message: 'is not your password' }],
  });
}
