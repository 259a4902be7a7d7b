/** The time of day, handed in so that tests and replays can choose it. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z, whole. */
  now(): number;
};

/** The machine's clock. It may jump backwards when the machine is corrected: do not measure durations with it. */
export const systemClock: Clock = Object.freeze({ now: () => Date.now() });
