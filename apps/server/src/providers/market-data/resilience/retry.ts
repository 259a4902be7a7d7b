import { ProviderError } from '../provider-error.ts';
import type { ProviderFault } from '../provider-error.ts';

export interface RetryNeeds {
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Evenly spread in [0, 1). */
  readonly random: () => number;
}

/** What may be gone a second later; the rest would be answered the same. */
const PASSING: ReadonlySet<ProviderFault> = new Set(['unreachable', 'timeout', 'server_error']);
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;

/** Tries up to three times; between tries about 0.5 s and 1 s pass, each shortened by chance by up to half, so that servers do not call in step. */
export async function withRetries<Answer>(attempt: () => Promise<Answer>, { wait, random }: RetryNeeds): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried === ATTEMPTS || !(error instanceof ProviderError) || !PASSING.has(error.fault)) throw error;
      await wait(Math.round(FIRST_PAUSE_MS * 2 ** (tried - 1) * (1 - random() / 2)));
    }
  }
}
