/**
 * Reads a tick file as it comes, chunk by chunk: finds lines and fields, decodes each row, and notes what is wrong by line and column.
 * Blank lines, either line end, a byte order mark, quotes and spaces around fields are all taken as they are.
 */
import { readHeader, TickFileError } from './columns.ts';
import { COMMA, cutQuotedLine, fieldText, isBlank, MOST_FIELDS, QUOTE, trimFields } from './fields.ts';
import type { RowDecoder } from './row-decoder.ts';
import type { RowFault } from './row-fault.ts';

export interface TickFileReader {
  /**
   * Reads on from `from` and answers how far it came: less than the chunk's length when the ticker book wants keys, then the same
   * chunk is to be given again from there.
   */
  read(chunk: Buffer, from: number): number;
  /** The last line, when the file does not end with a line end. False when keys are wanted: give them and call it again. */
  end(): boolean;
}

export interface TickFileReaderParts {
  readonly fileName: string;
  readonly decoder: RowDecoder;
  readonly tally: RowTally;
  readonly onFault: (fault: RowFault) => void;
}

/** Rows of the whole import, over all its files. */
export interface RowTally {
  read: number;
  stored: number;
  flagged: number;
  rejected: number;
}

const LINE_FEED = 0x0a;
/** A row has about 70 bytes. A longer line is passed over to its end, so that a file without line ends does not fill the memory. */
const LONGEST_LINE = 4_096;
const SHOWN_OF_ROW = 200;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const NOTHING = Buffer.alloc(0);

export function createTickFileReader(parts: TickFileReaderParts): TickFileReader {
  const reading: Reading = { ...parts, places: null, bytes: NOTHING, line: 1, carried: NOTHING, passingOver: false };
  return {
    read: (chunk, from) => readChunk(reading, chunk, from),
    end() {
      if (reading.carried.length > 0) {
        if (takeLines(reading, Buffer.concat([reading.carried, Buffer.from('\n')]), 0).wantsKeys) return false;
        reading.carried = NOTHING;
      }
      if (reading.places === null) throw new TickFileError('The file is empty: there is no header.');
      return true;
    },
  };
}

/** Where the reader is. */
interface Reading extends TickFileReaderParts {
  /** Where each column stands in a row; null before the header. */
  places: readonly number[] | null;
  /** What is being cut into lines. */
  bytes: Buffer;
  line: number;
  /** The beginning of a line whose end has not come yet. */
  carried: Buffer;
  /** A line that is too long is passed over to its end. */
  passingOver: boolean;
}

function readChunk(reading: Reading, chunk: Buffer, from: number): number {
  let start = from;
  if (isAtBegin(reading) && start === 0 && chunk.subarray(0, 3).equals(BYTE_ORDER_MARK)) start = 3;
  if (reading.passingOver) {
    const end = chunk.indexOf(LINE_FEED, start);
    if (end === -1) return chunk.length;
    reading.passingOver = false;
    reading.line += 1;
    start = end + 1;
  }
  if (reading.carried.length > 0) {
    const end = chunk.indexOf(LINE_FEED, start);
    if (end === -1) {
      reading.carried = Buffer.concat([reading.carried, chunk.subarray(start)]);
    } else {
      const whole = Buffer.concat([reading.carried, chunk.subarray(start, end + 1)]);
      if (takeLines(reading, whole, 0).wantsKeys) return start;
      reading.carried = NOTHING;
      start = end + 1;
    }
  }
  if (reading.carried.length === 0) {
    const { at, wantsKeys } = takeLines(reading, chunk, start);
    if (wantsKeys) return at;
    reading.carried = at === chunk.length ? NOTHING : Buffer.from(chunk.subarray(at));
  }
  if (reading.carried.length > LONGEST_LINE) {
    tooLong(reading, reading.carried);
    reading.carried = NOTHING;
    reading.passingOver = true;
  }
  return chunk.length;
}

function isAtBegin({ line, places, carried }: Reading): boolean {
  return line === 1 && places === null && carried.length === 0;
}

/** Cuts the bytes from `from` into lines; answers where the first line begins that was not taken. */
function takeLines(reading: Reading, bytes: Buffer, from: number): { readonly at: number; readonly wantsKeys: boolean } {
  reading.bytes = bytes;
  let begin = from;
  while (begin < bytes.length) {
    const end = cutLine(reading, begin);
    if (end === bytes.length) return { at: begin, wantsKeys: false };
    if (!takeLine(reading, begin, end)) return { at: begin, wantsKeys: true };
    reading.line += 1;
    begin = end + 1;
  }
  return { at: begin, wantsKeys: false };
}

/** Finds the end of a line and its fields on the way; answers the length of the bytes where it does not end. */
function cutLine({ bytes, decoder: { fields } }: Reading, begin: number): number {
  const { length } = bytes;
  const { starts, ends } = fields;
  let count = 0;
  let quoted = false;
  let at = begin;
  starts[0] = begin;
  for (; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === COMMA) {
      if (count < MOST_FIELDS - 1) {
        ends[count] = at;
        starts[count + 1] = at + 1;
      }
      count += 1;
    } else if (byte === LINE_FEED) break;
    else if (byte === QUOTE) quoted = true;
  }
  if (count < MOST_FIELDS) ends[count] = at;
  // Fields that are not cut yet are told by bytes that are not the line's.
  fields.bytes = quoted ? NOTHING : bytes;
  fields.count = count + 1;
  return at;
}

/** One whole line, its fields cut if it has no quotes. False when keys are wanted. */
function takeLine(reading: Reading, begin: number, end: number): boolean {
  const { bytes, decoder, tally } = reading;
  const { fields } = decoder;
  if (isBlankLine(bytes, begin, end)) return true;
  if (end - begin > LONGEST_LINE) {
    tooLong(reading, bytes.subarray(begin, end));
    return true;
  }
  const quoted = fields.bytes !== bytes;
  if (quoted && !cutQuotedLine(bytes.subarray(begin, end), fields)) {
    if (reading.places === null) throw new TickFileError('The header has a quote that is not closed.');
    const message = 'A quote is not closed, or something follows it within its field.';
    reject(reading, bytes.subarray(begin, end), { column: null, message });
    return true;
  }
  if (!quoted) trimFields(fields);
  if (reading.places === null) {
    reading.places = readHeader(Array.from({ length: Math.min(fields.count, MOST_FIELDS) }, (_, index) => fieldText(fields, index)));
    return true;
  }
  const outcome = decoder.decode(reading.places, tally.read + 1);
  if (outcome === 'needsKeys') return false;
  if (outcome === 'rejected') {
    reject(reading, bytes.subarray(begin, end), decoder.fault);
    return true;
  }
  tally.read += 1;
  tally.stored += 1;
  if (outcome === 'flagged') tally.flagged += 1;
  return true;
}

function reject({ fileName, line, tally, onFault }: Reading, text: Buffer, fault: Pick<RowFault, 'column' | 'message'>): void {
  tally.read += 1;
  tally.rejected += 1;
  onFault({ fileName, line, column: fault.column, message: fault.message, rowText: shownRow(text) });
}

function tooLong(reading: Reading, text: Buffer): void {
  if (reading.places === null) throw new TickFileError(`The first line is longer than ${LONGEST_LINE} bytes: this is no tick file.`);
  reject(reading, text, { column: null, message: `The line is longer than ${LONGEST_LINE} bytes.` });
}

function isBlankLine(bytes: Buffer, begin: number, end: number): boolean {
  for (let at = begin; at < end; at += 1) if (!isBlank(bytes[at])) return false;
  return true;
}

/** The beginning of a row, without signs that would disturb a screen or a log. */
function shownRow(text: Buffer): string {
  return text
    .toString('utf8', 0, Math.min(text.length, SHOWN_OF_ROW))
    .replace(/[\p{Cc}\p{Cf}\ufffd]/gu, ' ')
    .trim();
}
