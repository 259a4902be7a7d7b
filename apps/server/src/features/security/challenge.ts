/**
 * Challenges for passkeys. One carries its own proof (what for, until when), so asking for one stores nothing; that it was used is kept
 * until it would have ended, because a second use is a replay.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const NONCE_BYTES = 16;
const TIME_BYTES = 8;
const PROOF_BYTES = 32;
const GOOD_FOR_MS = 5 * 60_000;

export interface ChallengeNeeds {
  readonly key: Buffer;
  /** Epoch milliseconds. */
  readonly now: number;
  /** `login`, or whose passkey is made. */
  readonly purpose: string;
}

/** In base64url. */
export function writeChallenge({ key, now, purpose }: ChallengeNeeds): string {
  const body = Buffer.concat([randomBytes(NONCE_BYTES), Buffer.alloc(TIME_BYTES)]);
  body.writeBigUInt64BE(BigInt(now + GOOD_FOR_MS), NONCE_BYTES);
  return Buffer.concat([body, proofOf(key, purpose, body)]).toString('base64url');
}

/** Until when it is good, epoch milliseconds; null for one that is not ours, is for something else or has ended. */
export function readChallenge(text: string, { key, now, purpose }: ChallengeNeeds): number | null {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== NONCE_BYTES + TIME_BYTES + PROOF_BYTES || bytes.toString('base64url') !== text) return null;
  const body = bytes.subarray(0, NONCE_BYTES + TIME_BYTES);
  if (!timingSafeEqual(proofOf(key, purpose, body), bytes.subarray(body.length))) return null;
  const expiresAt = Number(body.readBigUInt64BE(NONCE_BYTES));
  return expiresAt > now ? expiresAt : null;
}

function proofOf(key: Buffer, purpose: string, body: Buffer): Buffer {
  return createHmac('sha256', key).update(purpose).update('\n').update(body).digest();
}
