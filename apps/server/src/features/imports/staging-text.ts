/** What a load puts aside, as text for COPY. */
import { millionthsText } from './tick-file/minute-bars.ts';
import type { TickerDay } from './tick-file/minute-bars.ts';

const ROWS_AT_ONCE = 5_000;

/** Columns of staged_minutes. In parts, so that no part is longer than a few hundred kilobytes. */
export function* minutesText(days: readonly TickerDay[]): Generator<string> {
  let text = '';
  let rows = 0;
  for (const { instrumentKey, frame, minutes, inexact } of days) {
    // The minutes of an inexact day are worked out from its stored ticks.
    if (inexact) continue;
    for (const bar of minutes.values()) {
      const figures = [bar.open, bar.high, bar.low, bar.close, bar.volume].map(millionthsText).join('\t');
      text += `${instrumentKey}\t${frame.day}\t${bar.minute}\t${figures}\t${bar.firstAt}\t${bar.firstNumber}\t${bar.lastAt}\t${bar.lastNumber}\n`;
      rows += 1;
      if (rows % ROWS_AT_ONCE === 0) {
        yield text;
        text = '';
      }
    }
  }
  yield text;
}

/** Columns of staged_days. */
export function daysText(days: readonly TickerDay[]): string {
  return days
    .filter(({ tickCount }) => tickCount > 0)
    .map(({ instrumentKey, zone, frame, tickCount, firstAt, lastAt, inexact }) =>
      [instrumentKey, frame.day, zone, frame.startMicros, frame.endMicros, tickCount, firstAt, lastAt, inexact].join('\t'),
    )
    .map((row) => `${row}\n`)
    .join('');
}
