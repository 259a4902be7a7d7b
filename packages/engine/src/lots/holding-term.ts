import { addYears, dateOf, type Day } from '../time/index.ts';

/** Gains on what was held for more than a year are taxed apart in the United States. */
export type HoldingTerm = 'short' | 'long';

/**
 * The US rule (IRS Publication 544): the count starts on the day after the acquisition, and a holding is long-term once it lasted more
 * than one year. Acquired on 1998-11-01, it is long-term when sold on 1999-11-02 or later.
 */
export function holdingTerm(acquiredOn: Day, soldOn: Day): HoldingTerm {
  const held = soldOn - acquiredOn;
  // A year has 365 or 366 days, so only one length needs the calendar.
  if (held !== 366) return held > 366 ? 'long' : 'short';
  return soldOn >= anniversary(acquiredOn + 1) ? 'long' : 'short';
}

function anniversary(start: Day): Day {
  const next = addYears(start, 1);
  return dateOf(next).dayOfMonth === dateOf(start).dayOfMonth ? next : next + 1;
}
