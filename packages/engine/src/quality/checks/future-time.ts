import { formatDay } from '../../time/index.ts';
import type { Check } from '../check.ts';

/** Clocks differ by a little; a minute is no mistake. */
const TOLERANCE_MS = 60_000;

/** Something that is said to have happened later than now. */
export const futureTime: Check = {
  id: 'future-time',
  severity: 'high',
  advice: 'Correct the date: day and month may be in each other’s place.',
  find: ({ records, nowMs, nameOf }) =>
    records
      .filter(({ tradedAt }) => tradedAt > nowMs + TOLERANCE_MS)
      .map((record) => ({
        subject: record.id,
        recordId: record.id,
        at: record.tradedAt,
        description: `Timestamp in the future for ${nameOf(record)}: ${formatDay(record.tradedOn)} has not come yet.`,
      })),
};
