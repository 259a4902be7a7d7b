import { bellAt, keyAt, unitAt } from './noise.ts';

/** A walk by calendar days: a logarithm, 0 on the anchor day, pulled back towards 0 so that decades stay plausible. */
export interface Walk {
  readonly valueOn: (day: number) => number;
}

export interface WalkShape {
  readonly key: number;
  /** Standard deviation of one day's step. */
  readonly deviation: number;
  /** One day in so many brings a step of four times the size, like a company's results; 0 for never. */
  readonly surpriseEvery: number;
}

/** 2 January 2025 as days since 1970: the day for which the listing tables give prices. */
export const ANCHOR_DAY = 20_090;
/** 1970-01-01 and 2099-12-31 as days since 1970: the life of the simulated market. */
export const FIRST_DAY = 0;
export const LAST_DAY = 47_481;

/** Half of a distance from the trend is gone after about three years: 1,000 days = 1443 * ln 2. */
const PULL_DAYS = 1443;
/** Quiet and lively times follow each other over about two months. */
const MOOD_DAYS = 61;
const SURPRISE = 4;
const MOOD_STEP = 1_000_000;

/**
 * The walk is made outward from the anchor in both directions, one day after the other, and kept: a day's value never depends on
 * which day was asked for first. A day of a new year costs its distance to the days already made, about 50 ns each.
 */
export function createWalk(shape: WalkShape): Walk {
  const later: number[] = [0];
  const earlier: number[] = [0];
  const extend = (made: number[], count: number, direction: 1 | -1): number => {
    for (let index = made.length; index <= count; index += 1) {
      const before = made[index - 1] ?? 0;
      made.push(before - before / PULL_DAYS + stepOn(shape, ANCHOR_DAY + index * direction));
    }
    return made[count] ?? 0;
  };
  return {
    valueOn: (day) => (day >= ANCHOR_DAY ? extend(later, day - ANCHOR_DAY, 1) : extend(earlier, ANCHOR_DAY - day, -1)),
  };
}

function stepOn({ key, deviation, surpriseEvery }: WalkShape, day: number): number {
  const surprise = surpriseEvery > 0 && keyAt(key, day + 2 * MOOD_STEP) % surpriseEvery === 0 ? SURPRISE : 1;
  return bellAt(key, day) * deviation * moodOn(key, day) * surprise;
}

/** How lively a day is, 0.5 to 1.5 with a mean square near 1: straight lines between random heights. */
function moodOn(key: number, day: number): number {
  const stretch = Math.floor(day / MOOD_DAYS);
  const along = (day - stretch * MOOD_DAYS) / MOOD_DAYS;
  return 0.5 + unitAt(key, MOOD_STEP + stretch) * (1 - along) + unitAt(key, MOOD_STEP + stretch + 1) * along;
}
