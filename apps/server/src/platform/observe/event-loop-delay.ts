import { monitorEventLoopDelay } from 'node:perf_hooks';

export type EventLoopDelay = {
  /** Seconds since the last reset; `fraction` 0.99 is the 99th percentile, 1 the longest. */
  readonly quantile: (fraction: number) => number;
  readonly reset: () => void;
  readonly close: () => void;
};

const resolutionMs = 10;

/** How late timers fire because something held the thread. Node counts from timer to timer, so the interval itself is taken off. */
export function watchEventLoopDelay(): EventLoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return {
    quantile: (fraction) => {
      if (histogram.count === 0) return 0;
      const nanoseconds = fraction >= 1 ? histogram.max : histogram.percentile(fraction * 100);
      return Math.max(0, nanoseconds / 1e9 - resolutionMs / 1e3);
    },
    reset: () => histogram.reset(),
    close: () => histogram.disable(),
  };
}
