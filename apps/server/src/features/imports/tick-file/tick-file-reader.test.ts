import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tradingClock } from '../../ticks/index.ts';
import { TickFileError } from './columns.ts';
import { millionthsText } from './minute-bars.ts';
import type { TickerDay } from './minute-bars.ts';
import { createRowDecoder } from './row-decoder.ts';
import type { RowFault } from './row-fault.ts';
import { createRowSinks } from './row-sinks.ts';
import { createTickFileReader } from './tick-file-reader.ts';
import { createTickerBook } from './ticker-book.ts';
import { createWrittenClock } from './written-clock.ts';

const HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';

/** Reads chunks as an import does; keys are given one at a time, so that the reader has to stop for each new ticker. */
function readChunks(chunks: readonly Buffer[]) {
  const book = createTickerBook({
    known: [],
    clocksOf: (exchange) => {
      const trading = tradingClock(exchange, 'UTC');
      return { trading, written: createWrittenClock(trading.wall) };
    },
  });
  let key = 0;
  const sinks = createRowSinks();
  const decoder = createRowDecoder({ importKey: 7, book, sinks, now: Date.parse('2026-01-05T00:00:00Z') });
  const tally = { read: 0, stored: 0, flagged: 0, rejected: 0 };
  const faults: RowFault[] = [];
  const reader = createTickFileReader({ fileName: 'a.csv', decoder, tally, onFault: (fault) => faults.push(fault) });
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      at = reader.read(chunk, at);
      if (at < chunk.length) book.giveKeys([(key += 1)]);
    }
  }
  while (!reader.end()) book.giveKeys([(key += 1)]);
  const rows: { readonly day: number; readonly bytes: string }[] = [];
  for (let taken = sinks.takeLargest(); taken !== null; taken = sinks.takeLargest())
    rows.push({ day: taken.day, bytes: Buffer.concat(taken.rows).toString('hex') });
  const days = [...book.tickers].flatMap((ticker) => [...ticker.days.values()]);
  return { tally, faults, rows: rows.sort((a, b) => a.day - b.day), days };
}

const cell = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('1', '20.5', '0', '300.0') },
  { weight: 1, arbitrary: fc.constantFrom('', 'x', '"7"', '"', '-1') },
);
const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom('A.NSE', 'B.NSE', 'C', '"D.NSE"'),
        fc.constantFrom('01/07/2025', '02/07/2025', '31/02/2025'),
        fc.constantFrom('09:15:00', '10:00:01', '15:30:00', '16:00:00', '99:00:00'),
        fc.array(cell, { minLength: 7, maxLength: 7 }),
      )
      .map(([ticker, date, time, figures]) => [ticker, date, time, ...figures].join(',')),
  },
  { weight: 1, arbitrary: fc.constantFrom('', '   ', 'a,b', 'é'.repeat(3_000), ',,,,,,,,,', `${'x,'.repeat(30)}`) },
);

test('however a file is cut into chunks, the same comes of it', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 20 }),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }),
      (lines, lineEnd, sizes) => {
        const whole = Buffer.from([HEADER, ...lines].join(lineEnd));
        const chunks: Buffer[] = [];
        for (let at = 0, index = 0; at < whole.length; index += 1) {
          const size = sizes[index % sizes.length] ?? 1;
          chunks.push(whole.subarray(at, at + size));
          at += size;
        }
        const { days: _a, ...once } = readChunks([whole]);
        const { days: _b, ...cut } = readChunks(chunks);
        expect(cut).toEqual(once);
        expect(once.tally.read).toBe(lines.filter((text) => text.trim() !== '').length);
        expect(once.tally.stored + once.tally.rejected).toBe(once.tally.read);
        expect(once.faults).toHaveLength(once.tally.rejected);
      },
    ),
    { numRuns: 300 },
  );
});

/** The slow way: all rows, in the order of time and file, grouped by minute, in millionths as bigint. */
function minutesByHand(rows: readonly Row[]) {
  const sorted = rows.map((row, index) => ({ ...row, index })).sort((a, b) => a.second - b.second || a.index - b.index);
  const minutes = new Map<number, (typeof sorted)[number][]>();
  for (const row of sorted) minutes.set(Math.floor(row.second / 60), [...(minutes.get(Math.floor(row.second / 60)) ?? []), row]);
  return [...minutes].map(([minute, group]) => {
    const prices = group.map(({ cents }) => cents);
    const volume = group.reduce((sum, { quantity }) => sum + quantity, 0);
    return [minute, prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1), volume];
  });
}

interface Row {
  readonly second: number;
  readonly cents: number;
  readonly quantity: number;
}

const two = (value: number) => String(value).padStart(2, '0');

test('minutes are those added up by hand, whatever the order of the rows', () => {
  const row = fc.record({
    second: fc.integer({ min: 0, max: 600 }),
    cents: fc.integer({ min: 1, max: 500 }),
    quantity: fc.integer({ min: 0, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      const lines = rows.map(({ second, cents, quantity }) => {
        const time = `10:${two(Math.floor(second / 60))}:${two(second % 60)}`;
        return `Z,05/01/2024,${time},${(cents / 100).toFixed(2)},,,,,${quantity},`;
      });
      const [day] = readChunks([Buffer.from([HEADER, ...lines].join('\n'))]).days as [TickerDay];
      const tenOClock = Date.UTC(2024, 0, 5, 10) / 60_000;
      const bars = [...day.minutes.values()].sort((a, b) => a.minute - b.minute);
      expect(
        bars.map((bar) => [bar.minute - tenOClock, bar.open / 1e4, bar.high / 1e4, bar.low / 1e4, bar.close / 1e4, bar.volume / 1e6]),
      ).toEqual(minutesByHand(rows));
      expect([day.tickCount, day.inexact]).toEqual([rows.length, false]);
    }),
    { numRuns: 300 },
  );
});

test('days and hours change with the clocks: New York in March 2024', () => {
  const at = (date: string, time: string) => `N.NYSE,${date},${time},1,1,1,1,1,1,0`;
  const { days, tally } = readChunks([
    Buffer.from(
      [HEADER, at('08/03/2024', '09:30:00'), at('11/03/2024', '09:30:00'), at('11/03/2024', '16:00:00'), at('11/03/2024', '16:00:01')].join(
        '\n',
      ),
    ),
  ]);
  // Before the second Sunday of March 9:30 is 14:30 UTC, after it 13:30.
  expect(days.map(({ firstAt }) => new Date(firstAt / 1000).toISOString())).toEqual([
    '2024-03-08T14:30:00.000Z',
    '2024-03-11T13:30:00.000Z',
  ]);
  // The closing second belongs to the session, the one after it does not.
  expect(tally).toEqual({ read: 4, stored: 4, flagged: 1, rejected: 0 });
  expect([...(days[1]?.minutes.values() ?? [])].map(({ minute }) => new Date(minute * 60_000).toISOString().slice(11, 16))).toEqual([
    '13:30',
    '20:00',
  ]);
});

test.each([
  ['', 'The file is empty: there is no header.'],
  ['\n\n', 'The file is empty: there is no header.'],
  ['"Ticker,Date', 'The header has a quote that is not closed.'],
  ['x'.repeat(5_000), 'The first line is longer than 4096 bytes: this is no tick file.'],
])('%j.slice is no tick file', (text, message) => {
  expect(() => readChunks([Buffer.from(text)])).toThrow(TickFileError);
  expect(() => readChunks([Buffer.from(text)])).toThrow(message);
});

test('a line without end is passed over without filling the memory, and the rows after it are read', () => {
  const long = Buffer.alloc(65_536, 'y');
  const { tally, faults } = readChunks([
    Buffer.from(`${HEADER}\n`),
    ...Array.from({ length: 50 }, () => long),
    Buffer.from('\nA.NSE,01/07/2025,10:00:00,1,1,1,1,1,1,0'),
  ]);
  expect(tally).toEqual({ read: 2, stored: 1, flagged: 0, rejected: 1 });
  expect(faults[0]).toMatchObject({ line: 2, message: 'The line is longer than 4096 bytes.' });
});

test('a figure of millionths is written exactly', () => {
  expect([49_680_000, -500_000, 0, 1, 8_999_999_999_999_999].map(millionthsText)).toEqual([
    '49.68',
    '-0.5',
    '0',
    '0.000001',
    '8999999999.999999',
  ]);
});
