import type { Clock } from '../platform/clock.ts';

export type FixedClock = Clock & {
  /** Sets the time to an instant: epoch milliseconds or RFC 3339 text. */
  set(instant: number | string): void;
  /** Moves the time on, or back with a negative figure. */
  advance(milliseconds: number): void;
};

/** A clock that stands still until a test moves it. */
export function fixedClock(start: number | string): FixedClock {
  let at = epochMs(start);
  return {
    now: () => at,
    set: (instant) => {
      at = epochMs(instant);
    },
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
}

function epochMs(instant: number | string): number {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  if (!Number.isInteger(at))
    throw new Error(`"${String(instant)}" is no instant. Write epoch milliseconds or text such as 2026-01-31T12:00:00Z.`);
  return at;
}
