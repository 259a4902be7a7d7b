/** Reads an upload into an open load: rows to their partitions, minutes and day counts put aside. */
import { findWallClock, tradingClock } from '../ticks/index.ts';
import { finishLoad } from './finish-load-store.ts';
import { MOST_KEPT_FAULTS } from './import-record.ts';
import type { TickLoad } from './tick-load-store.ts';
import { TickFileError } from './tick-file/columns.ts';
import { createRowDecoder } from './tick-file/row-decoder.ts';
import type { RowDecoder } from './tick-file/row-decoder.ts';
import type { RowFault } from './tick-file/row-fault.ts';
import { createRowSinks } from './tick-file/row-sinks.ts';
import type { RowSinks } from './tick-file/row-sinks.ts';
import { createTickFileReader } from './tick-file/tick-file-reader.ts';
import type { RowTally, TickFileReader } from './tick-file/tick-file-reader.ts';
import { createTickerBook } from './tick-file/ticker-book.ts';
import type { TickerBook } from './tick-file/ticker-book.ts';
import { createWrittenClock } from './tick-file/written-clock.ts';
import type { WrittenClock } from './tick-file/written-clock.ts';
import type { ImportLimits } from './upload/import-limits.ts';
import { openTickFiles } from './upload/tick-files.ts';
import type { TickFile, Upload } from './upload/tick-files.ts';

export interface LoadOrder {
  readonly importKey: number;
  readonly upload: Upload;
  /** IANA name given for the file's times, or null. */
  readonly zone: string | null;
  readonly limits: ImportLimits;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Told after each chunk; 0 to 1 is how much of the upload was read. */
  readonly onProgress: (progress: number, rows: Readonly<RowTally>) => Promise<void>;
}

export interface LoadOutcome {
  readonly rows: RowTally;
  /** The first MOST_KEPT_FAULTS. */
  readonly faults: readonly RowFault[];
  /** Keys of the instruments that got ticks. */
  readonly instrumentKeys: readonly number[];
  /** What whoever imported should know, or null. */
  readonly note: string | null;
}

/** What was read so far, also when the reading broke off. */
export interface LoadProgress {
  readonly rows: RowTally;
  readonly faults: RowFault[];
}

export function startProgress(): LoadProgress {
  return { rows: { read: 0, stored: 0, flagged: 0, rejected: 0 }, faults: [] };
}

/** Rows that wait for the database, in bytes: enough for it to be busy while the next are read. */
const WRITE_FROM_BYTES = 1_048_576;
/** While rows of many days come mixed, each day's are gathered up to this much together. */
const MOST_WAITING_BYTES = 16_777_216;
const MOST_HELD_MINUTES = 200_000;
const MOST_HELD_DAYS = 50_000;
const KEYS_AT_ONCE = 64;

interface Reading extends LoadProgress {
  readonly load: TickLoad;
  readonly order: LoadOrder;
  readonly book: TickerBook;
  readonly sinks: RowSinks;
  readonly decoder: RowDecoder;
  stagings: number;
}

/** Throws `TickFileError` for what is wrong with the upload as a whole; then the load is to be abandoned. */
export async function loadTicks(load: TickLoad, order: LoadOrder, progress: LoadProgress): Promise<LoadOutcome> {
  const assumed = { count: 0 };
  const book = createTickerBook({ known: await load.knownListings(), clocksOf: clocksOf(order.zone, assumed) });
  const sinks = createRowSinks();
  const decoder = createRowDecoder({ importKey: order.importKey, book, sinks, now: order.now() });
  const reading: Reading = { ...progress, load, order, book, sinks, decoder, stagings: 0 };
  const { files, position, passedOver } = openTickFiles(order.upload, order.limits);
  for await (const file of files) await readFile(reading, file, () => position() / Math.max(1, order.upload.byteCount));
  await writeRows(reading, 0);
  await stage(reading);
  await load.attachPartitions();
  const instrumentKeys = await finishLoad(load.client, { added: book.added, inParts: reading.stagings > 1, now: order.now() });
  return { rows: progress.rows, faults: progress.faults, instrumentKeys, note: noteOf(assumed.count, passedOver) };
}

async function readFile(reading: Reading, file: TickFile, position: () => number): Promise<void> {
  const { order, rows, faults } = reading;
  const reader = createTickFileReader({
    fileName: file.name,
    decoder: reading.decoder,
    tally: rows,
    onFault: (fault) => {
      if (faults.length < MOST_KEPT_FAULTS) faults.push(fault);
    },
  });
  try {
    for await (const chunk of file.chunks) {
      await readChunk(reading, reader, chunk);
      checkLimits(reading);
      await writeRows(reading, reading.sinks.days.size > 1 ? MOST_WAITING_BYTES : WRITE_FROM_BYTES);
      if (reading.decoder.heldMinutes > MOST_HELD_MINUTES || reading.decoder.heldDays > MOST_HELD_DAYS) await stage(reading);
      await order.onProgress(Math.min(1, position()), rows);
      order.signal.throwIfAborted();
    }
    while (!reader.end()) await giveKeys(reading);
  } catch (error) {
    throw error instanceof TickFileError ? new TickFileError(`${file.name}: ${error.message}`, { cause: error }) : error;
  }
}

async function readChunk(reading: Reading, reader: TickFileReader, chunk: Buffer): Promise<void> {
  let at = reader.read(chunk, 0);
  while (at < chunk.length) {
    await giveKeys(reading);
    at = reader.read(chunk, at);
  }
}

async function giveKeys({ book, load }: Reading): Promise<void> {
  book.giveKeys(await load.takeKeys(KEYS_AT_ONCE));
}

function checkLimits({ rows, sinks, order: { limits } }: Reading): void {
  if (rows.read > limits.rows) throw new TickFileError(`There are more than ${limits.rows} rows. Split the file.`);
  if (sinks.days.size > limits.days) throw new TickFileError(`There are rows of more than ${limits.days} days. Split the file.`);
}

async function writeRows({ sinks, load }: Reading, waiting: number): Promise<void> {
  while (sinks.waitingBytes > waiting) {
    const taken = sinks.takeLargest();
    if (taken === null) return;
    await load.writeRows(taken.day, taken.rows);
  }
}

/** Puts what is known of the days aside in the database, so that memory does not grow with the file. */
async function stage(reading: Reading): Promise<void> {
  const { book, decoder, load } = reading;
  const days = [...book.tickers].flatMap((ticker) => [...ticker.days.values()]);
  for (const ticker of book.tickers) {
    ticker.day = null;
    ticker.days.clear();
  }
  decoder.heldMinutes = 0;
  decoder.heldDays = 0;
  if (days.length === 0) return;
  reading.stagings += 1;
  await load.stage(days);
}

/** The zone that was given, else the exchange's, else UTC, which is counted. */
function clocksOf(zone: string | null, assumed: { count: number }) {
  const given = zone === null ? null : findWallClock(zone);
  if (zone !== null && given === null) throw new TickFileError(`There is no time zone ${zone}.`);
  const written = new Map<string, WrittenClock>();
  return (exchange: string | null) => {
    const trading = tradingClock(exchange, given?.zone ?? 'UTC');
    if (given === null && trading.isAssumed) assumed.count += 1;
    const wall = given ?? trading.wall;
    const clock = written.get(wall.zone) ?? createWrittenClock(wall);
    written.set(wall.zone, clock);
    return { trading, written: clock };
  };
}

const MOST_NAMED = 5;

function noteOf(assumed: number, passedOver: readonly string[]): string | null {
  const notes: string[] = [];
  if (assumed > 0)
    notes.push(`The times of ${assumed} ${assumed === 1 ? 'ticker' : 'tickers'} without a known exchange were taken for UTC.`);
  if (passedOver.length > 0) {
    const named = passedOver.slice(0, MOST_NAMED).join(', ');
    const more = passedOver.length > MOST_NAMED ? ` and ${passedOver.length - MOST_NAMED} more` : '';
    notes.push(`Not read, since their names do not end in .csv or .txt: ${named}${more}.`);
  }
  return notes.length === 0 ? null : notes.join(' ');
}
