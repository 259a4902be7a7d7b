/**
 * Turns access tokens into callers. A token is checked once (signature, claims, the session's row) and then kept until it ends or is
 * revoked, because checking the signature on every request costs most of the throughput there is.
 *
 * Revocations come as news from PostgreSQL. While the news do not come, what is kept is believed for a second and then looked up.
 */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import { API_KEY_PREFIX } from '../../platform/http/index.ts';
import type { Caller, Gate } from '../../platform/http/index.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { SessionState } from './session-store.ts';

const MOST_TOKENS = 20_000;
const BELIEVED_WITHOUT_NEWS_MS = 1_000;

export interface TokenGateNeeds {
  readonly clock: Clock;
  readonly tokens: AccessTokens;
  /** Whether revocations on other servers reach this one. */
  readonly hearsNews: () => boolean;
  /** The session's present state, from its row. */
  readonly findState: (sessionId: string) => Promise<SessionState | null>;
  readonly keys: KeyReader;
}

/** What the gate asks of API keys, which are handed in. */
export interface KeyReader {
  /** Null for a key that is wrong, has ended or was revoked. `expiresAt` is in epoch milliseconds, infinite for a key without an end. */
  find(key: string): Promise<{ readonly caller: Caller; readonly expiresAt: number } | null>;
  /** Told of each use of a key that was looked up before. */
  used(keyId: string): void;
}

export interface TokenGate extends Gate {
  /** Some of the user's tokens have ended: all are looked up again. */
  forgetUser(userId: string): void;
  /** News may have been missed: everything is looked up again. */
  forgetAll(): void;
}

interface Kept {
  readonly caller: Caller;
  readonly expiresAt: number;
  readonly checkedAt: number;
}

export function createTokenGate({ clock, tokens, hearsNews, findState, keys }: TokenGateNeeds): TokenGate {
  const tokensOfUser = new Map<string, Set<string>>();
  const kept = new LRUCache<string, Kept>({
    max: MOST_TOKENS,
    dispose: ({ caller }, token) => {
      const own = tokensOfUser.get(caller.userId);
      own?.delete(token);
      if (own?.size === 0) tokensOfUser.delete(caller.userId);
    },
  });
  const underWay = new Map<string, Promise<Caller | null>>();
  let revocations = 0;

  const keep = (token: string, entry: Kept) => {
    kept.set(token, entry);
    const own = tokensOfUser.get(entry.caller.userId);
    if (own === undefined) tokensOfUser.set(entry.caller.userId, new Set([token]));
    else own.add(token);
  };

  const fromToken = async (token: string): Promise<Omit<Kept, 'checkedAt'> | null> => {
    const claims = await tokens.read(token);
    if (claims === null) return null;
    const state = await findState(claims.sessionId);
    if (state?.live !== true || state.userId !== claims.userId || state.tokenVersion !== claims.tokenVersion) return null;
    const { userId, sessionId, tokenVersion } = claims;
    const caller: Caller = Object.freeze({ userId, role: state.role, sessionId, tokenVersion, via: 'bearer' });
    return { caller, expiresAt: claims.expiresAt };
  };

  const check = async (token: string): Promise<Caller | null> => {
    const seen = revocations;
    const checkedAt = clock.now();
    const found = await (token.startsWith(API_KEY_PREFIX) ? keys.find(token) : fromToken(token));
    // A revocation that came while the row was read may not be in what was read.
    if (found !== null && seen === revocations) keep(token, { ...found, checkedAt });
    return found?.caller ?? null;
  };

  return {
    find: (token) => {
      const entry = kept.get(token);
      if (entry === undefined) return undefined;
      const now = clock.now();
      if (entry.expiresAt <= now) {
        kept.delete(token);
        return undefined;
      }
      if (!hearsNews() && now - entry.checkedAt >= BELIEVED_WITHOUT_NEWS_MS) return undefined;
      if (entry.caller.scopes !== undefined) keys.used(entry.caller.sessionId);
      return entry.caller;
    },
    verify: (token) => {
      const already = underWay.get(token);
      if (already !== undefined) return already;
      const started = check(token).finally(() => underWay.delete(token));
      underWay.set(token, started);
      return started;
    },
    forgetUser: (userId) => {
      revocations += 1;
      // Who asks from now on must not share the answer of a look-up that began before.
      underWay.clear();
      for (const token of [...(tokensOfUser.get(userId) ?? [])]) kept.delete(token);
    },
    forgetAll: () => {
      revocations += 1;
      underWay.clear();
      kept.clear();
    },
  };
}
