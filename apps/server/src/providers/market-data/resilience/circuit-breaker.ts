import type { Clock } from '../../../platform/clock.ts';

/** Leaves a provider alone that keeps failing, and asks it once in a while whether it is back. */
export interface CircuitBreaker {
  /** Whether it may be asked now. After a pause one caller at a time may try; whoever is let in reports how it went. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
  /** Leaves it alone for a time that it asked for itself. */
  pause(milliseconds: number): void;
  /** Until when it is left alone, epoch milliseconds, or null while it is asked. */
  readonly pausedUntil: number | null;
}

const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 600_000;

export function createCircuitBreaker(clock: Clock): CircuitBreaker {
  let failures = 0;
  let pauses = 0;
  let pausedUntil: number | null = null;
  let trying = false;
  const pauseFor = (milliseconds: number): void => {
    pausedUntil = Math.max(pausedUntil ?? 0, clock.now() + milliseconds);
    trying = false;
  };
  return {
    allows() {
      if (pausedUntil === null) return true;
      if (clock.now() < pausedUntil || trying) return false;
      trying = true;
      return true;
    },
    succeeded() {
      failures = 0;
      pauses = 0;
      pausedUntil = null;
      trying = false;
    },
    failed() {
      failures += 1;
      if (!trying && failures < FAILURES_TO_OPEN) return;
      pauseFor(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses));
      pauses += 1;
    },
    pause: pauseFor,
    get pausedUntil() {
      return pausedUntil;
    },
  };
}
