import type { Caller } from '../../platform/http/index.ts';
import type { TokenGate } from '../sessions/index.ts';

/**
 * A gate that lets an administrator without a second factor in as a standard user, so that they can set one up and do nothing else of
 * an administrator. Their factors are looked up at each request, so that one that was set up or removed counts at once.
 */
export function demandFactor(gate: TokenGate, hasFactor: (userId: string) => Promise<boolean>): TokenGate {
  return {
    ...gate,
    find(token) {
      const caller = gate.find(token);
      return caller?.role === 'admin' ? undefined : caller;
    },
    async verify(token): Promise<Caller | null> {
      const caller = gate.find(token) ?? (await gate.verify(token));
      if (caller?.role !== 'admin' || (await hasFactor(caller.userId))) return caller;
      return { ...caller, role: 'standard', lacksFactor: true };
    },
  };
}
