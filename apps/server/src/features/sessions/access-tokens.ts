import { SignJWT, errors, jwtVerify } from 'jose';
import type { Clock } from '../../platform/clock.ts';
import type { Role } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';

const ISSUER = 'holdfast';
const AUDIENCE = 'holdfast-api';
/** RFC 9068's type, so that no other token of ours passes for an access token. */
const TYPE = 'at+jwt';
/** Ours have about 330 characters; longer ones are not worth a look. */
const LONGEST = 1_000;

export interface AccessClaims {
  readonly userId: string;
  readonly role: Role;
  readonly sessionId: string;
  readonly tokenVersion: number;
}

export interface ReadToken extends AccessClaims {
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface AccessTokens {
  readonly lifetimeSeconds: number;
  issue(claims: AccessClaims): Promise<string>;
  /** Null for everything that is not a good access token of ours. Says nothing about revocation. */
  read(token: string): Promise<ReadToken | null>;
}

export function createAccessTokens({
  key,
  clock,
  minutes,
}: {
  readonly key: Buffer;
  readonly clock: Clock;
  readonly minutes: number;
}): AccessTokens {
  const lifetimeSeconds = minutes * 60;
  return {
    lifetimeSeconds,
    issue: async (claims) => {
      const issuedAt = Math.floor(clock.now() / 1_000);
      return new SignJWT({ role: claims.role, sid: claims.sessionId, ver: claims.tokenVersion })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setSubject(claims.userId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(key);
    },
    read: async (token) => {
      if (token.length > LONGEST) return null;
      try {
        // What is accepted is said here; the token's own header chooses nothing.
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          typ: TYPE,
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'sid', 'ver', 'exp', 'role'],
          currentDate: new Date(clock.now()),
        });
        return claimsOf(payload);
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}

function claimsOf({ sub, role, sid, ver, exp }: Readonly<Record<string, unknown>>): ReadToken | null {
  if (typeof sub !== 'string' || typeof sid !== 'string' || !isId(sub) || !isId(sid)) return null;
  if (typeof ver !== 'number' || typeof exp !== 'number') return null;
  if (role !== 'standard' && role !== 'premium' && role !== 'admin') return null;
  return { userId: sub, role, sessionId: sid, tokenVersion: ver, expiresAt: exp * 1_000 };
}
