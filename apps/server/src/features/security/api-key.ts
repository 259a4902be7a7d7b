/**
 * API keys: `hfk_` and, in base64url, a secret (32 bytes) and its check under a key of the server (8). The check lets forgeries be
 * refused without asking the database; what is stored is the hash. 256 random bits need no slow hash.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { API_KEY_PREFIX } from '../../platform/http/index.ts';

const SECRET_BYTES = 32;
const CHECK_BYTES = 8;
/** What the list shows: enough to tell one's keys apart, and 48 of 256 bits. */
const SHOWN = API_KEY_PREFIX.length + 8;

export interface WrittenKey {
  readonly text: string;
  readonly start: string;
  readonly hash: Buffer;
}

export function writeApiKey(checkKey: Buffer): WrittenKey {
  const secret = randomBytes(SECRET_BYTES);
  const text = `${API_KEY_PREFIX}${Buffer.concat([secret, checkOf(checkKey, secret)]).toString('base64url')}`;
  return { text, start: text.slice(0, SHOWN), hash: hashOf(text) };
}

/** The hash to look for; null for a text that this server did not write. */
export function readApiKey(checkKey: Buffer, text: string): Buffer | null {
  const bytes = Buffer.from(text.slice(API_KEY_PREFIX.length), 'base64url');
  if (bytes.length !== SECRET_BYTES + CHECK_BYTES || `${API_KEY_PREFIX}${bytes.toString('base64url')}` !== text) return null;
  const secret = bytes.subarray(0, SECRET_BYTES);
  return timingSafeEqual(checkOf(checkKey, secret), bytes.subarray(SECRET_BYTES)) ? hashOf(text) : null;
}

function checkOf(checkKey: Buffer, secret: Buffer): Buffer {
  return createHmac('sha256', checkKey).update(secret).digest().subarray(0, CHECK_BYTES);
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
