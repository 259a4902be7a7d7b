/** Cuts one line of CSV into fields, as places in its bytes. */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
const SPACE = 0x20;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;

/** More fields than any header of ours: a line with more is refused whole, so its further fields need no place. */
export const MOST_FIELDS = 16;

export interface Fields {
  bytes: Buffer;
  /** How many the line has, also beyond MOST_FIELDS. */
  count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export function createFields(): Fields {
  return { bytes: Buffer.alloc(0), count: 0, starts: new Int32Array(MOST_FIELDS), ends: new Int32Array(MOST_FIELDS) };
}

/** Drops spaces, tabs and the carriage return around each field. */
export function trimFields(fields: Fields): void {
  const { bytes, starts, ends } = fields;
  const count = Math.min(fields.count, MOST_FIELDS);
  for (let index = 0; index < count; index += 1) {
    let start = starts[index] as number;
    let end = ends[index] as number;
    while (start < end && isBlank(bytes[start])) start += 1;
    while (end > start && isBlank(bytes[end - 1])) end -= 1;
    starts[index] = start;
    ends[index] = end;
  }
}

/**
 * A line in which quotes occur: fields may stand in quotes, with a quote inside written twice (RFC 4180). A field never runs over the
 * end of its line, since no column of a tick file can hold one: so a stray quote spoils its own line only. False when a quote is not closed
 * or something follows it.
 */
export function cutQuotedLine(line: Buffer, fields: Fields): boolean {
  const out = Buffer.allocUnsafe(line.length);
  let written = 0;
  let at = 0;
  fields.bytes = out;
  fields.count = 0;
  for (;;) {
    while (at < line.length && isBlank(line[at])) at += 1;
    const start = written;
    if (line[at] === QUOTE) {
      at += 1;
      for (; ; at += 1) {
        if (at >= line.length) return false;
        if (line[at] === QUOTE) {
          if (line[at + 1] !== QUOTE) break;
          at += 1;
        }
        out[written] = line[at] as number;
        written += 1;
      }
      at += 1;
      while (at < line.length && isBlank(line[at])) at += 1;
      if (at < line.length && line[at] !== COMMA) return false;
    } else {
      for (; at < line.length && line[at] !== COMMA; at += 1) {
        if (line[at] === QUOTE) return false;
        out[written] = line[at] as number;
        written += 1;
      }
    }
    if (fields.count < MOST_FIELDS) {
      fields.starts[fields.count] = start;
      fields.ends[fields.count] = written;
    }
    fields.count += 1;
    if (at >= line.length) break;
    at += 1;
  }
  trimFields(fields);
  return true;
}

export function fieldText(fields: Fields, index: number): string {
  return fields.bytes.toString('utf8', fields.starts[index], fields.ends[index]);
}

export function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === CARRIAGE_RETURN;
}
