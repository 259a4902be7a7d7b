import type { Zone } from '../time/index.ts';
import { createBarBuilder } from './aggregate.ts';
import type { Bar } from './bar.ts';
import type { Interval } from './interval.ts';
import type { Tick } from './tick.ts';

export interface RollUpPlan {
  readonly zone: Zone;
  /** The bars wanted beside the minutes, in any order. */
  readonly intervals: readonly Exclude<Interval, '1m'>[];
  /** Ticks for which it says no are left out of every bar. */
  readonly inSession: (at: number) => boolean;
  /** Told of each bar when it is complete; minutes first. */
  readonly emit: (interval: Interval, bar: Bar) => void;
}

/** What became of a tick: in a bar, outside the session, or older than the minute in the making. */
export type RollUpOutcome = 'kept' | 'outside' | 'late';

export interface RollUp {
  readonly add: (tick: Tick) => RollUpOutcome;
  /** The bars in the making, complete or not: minutes first. For the end of a file, or for who watches. */
  readonly current: () => readonly (readonly [Interval, Bar])[];
}

/** Rolls the ticks of one instrument up into bars of several lengths in one pass: ticks make minutes, minutes make the rest. */
export function createRollUp({ zone, intervals, inSession, emit }: RollUpPlan): RollUp {
  const minutes = createBarBuilder({ interval: '1m', zone });
  const larger = intervals.map((interval) => [interval, createBarBuilder({ interval, zone })] as const);
  return {
    add: (tick) => {
      if (!inSession(tick.at)) return 'outside';
      if (minutes.isLate(tick.at)) return 'late';
      const minute = minutes.addTick(tick);
      if (minute === null) return 'kept';
      emit('1m', minute);
      for (const [interval, builder] of larger) {
        const complete = builder.addBar(minute);
        if (complete !== null) emit(interval, complete);
      }
      return 'kept';
    },
    current: () => {
      const minute = minutes.current();
      if (minute === null) return [];
      const others = larger.flatMap(([interval, builder]) => builder.preview(minute).map((bar) => [interval, bar] as const));
      return [['1m', minute], ...others];
    },
  };
}
