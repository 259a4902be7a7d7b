/**
 * Refresh tokens: `hfr_` and, in base64url, session id (16 bytes), generation (4), secret (32) and a check of the three (16).
 *
 * The first secret of a session is random; each further one is the HMAC of its parent under a key of the server. So the successor
 * of a token can be computed again by whoever has the token and the key, and nothing but the hash of the newest has to be stored.
 * The check lets forgeries be refused without asking the database.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'hfr_';
const BYTES = 68;
const SECRET_AT = 20;
const CHECK_AT = 52;
/** One rotation every half hour for a year is 17,520; more is no session of ours. */
const MOST_GENERATIONS = 100_000;

export interface RefreshToken {
  readonly sessionId: string;
  /** Counts from 1. */
  readonly generation: number;
  readonly text: string;
}

export function firstRefreshToken(key: Buffer, sessionId: string): RefreshToken {
  return write(key, { sessionId, generation: 1, secret: randomBytes(32) });
}

/** The one token that follows. The same parent always gives the same successor. */
export function nextRefreshToken(key: Buffer, parent: RefreshToken): RefreshToken {
  const secret = createHmac('sha256', key).update('successor').update(parent.text).digest();
  return write(key, { sessionId: parent.sessionId, generation: parent.generation + 1, secret });
}

/** Null for a text that this server did not write. */
export function readRefreshToken(key: Buffer, text: string): RefreshToken | null {
  if (!text.startsWith(PREFIX)) return null;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
  // Base64 has several spellings of the same bytes; only ours counts, since successors are made from the text.
  if (bytes.length !== BYTES || `${PREFIX}${bytes.toString('base64url')}` !== text) return null;
  if (!timingSafeEqual(checkOf(key, bytes.subarray(0, CHECK_AT)), bytes.subarray(CHECK_AT))) return null;
  return { sessionId: idText(bytes.subarray(0, 16)), generation: bytes.readUInt32BE(16), text };
}

/** What the token has become at a later generation; null when that lies before it, or absurdly far ahead. */
export function advanceTo(key: Buffer, token: RefreshToken, generation: number): RefreshToken | null {
  if (generation < token.generation || generation > MOST_GENERATIONS) return null;
  let current = token;
  while (current.generation < generation) current = nextRefreshToken(key, current);
  return current;
}

/** What is stored of a token. */
export function hashOf(token: RefreshToken): Buffer {
  return createHash('sha256').update(token.text).digest();
}

function write(
  key: Buffer,
  { sessionId, generation, secret }: { readonly sessionId: string; readonly generation: number; readonly secret: Buffer },
) {
  const bytes = Buffer.alloc(BYTES);
  Buffer.from(sessionId.replaceAll('-', ''), 'hex').copy(bytes, 0);
  bytes.writeUInt32BE(generation, 16);
  secret.copy(bytes, SECRET_AT);
  checkOf(key, bytes.subarray(0, CHECK_AT)).copy(bytes, CHECK_AT);
  return { sessionId, generation, text: `${PREFIX}${bytes.toString('base64url')}` };
}

function checkOf(key: Buffer, content: Buffer): Buffer {
  return createHmac('sha256', key)
    .update('check')
    .update(content)
    .digest()
    .subarray(0, BYTES - CHECK_AT);
}

function idText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
