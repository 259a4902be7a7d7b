import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';

const derive = promisify(pbkdf2);
/** More would let one imported row stop a core for seconds. Django 6 writes 1,200,000. */
const MOST_ITERATIONS = 5_000_000;
const HIGHEST_BCRYPT_COST = 15;

/** Verifies hashes of other systems: bcrypt (`$2b$`, also `$2a$` and `$2y$`) and Django's `pbkdf2_sha256$`. Others never match. */
export async function verifyForeignHash(password: string, stored: string): Promise<boolean> {
  const bcryptCost = /^\$2[aby]\$(\d{2})\$/.exec(stored)?.[1];
  if (bcryptCost !== undefined) return Number(bcryptCost) <= HIGHEST_BCRYPT_COST && verifyBcrypt(password, stored);
  const django = /^pbkdf2_sha256\$(\d{1,8})\$([^$]+)\$([A-Za-z0-9+/]{43}=)$/.exec(stored);
  if (django === null) return false;
  const [, iterations = '0', salt = '', expected = ''] = django;
  if (Number(iterations) < 1 || Number(iterations) > MOST_ITERATIONS) return false;
  return timingSafeEqual(await derive(password, salt, Number(iterations), 32, 'sha256'), Buffer.from(expected, 'base64'));
}
