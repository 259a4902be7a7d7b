/** Where encoded rows wait for the database, apart by the UTC day their partition holds. */

export const DAY_MICROS = 86_400_000_000;
/** More than the longest row: twelve fields, eight of them numbers. */
export const LONGEST_ROW = 400;
/** The first one of a day is small, since a file may hold a few rows each of many days. */
const FIRST_SLAB_BYTES = 16_384;
const SLAB_BYTES = 131_072;

export interface RowSink {
  /** Days since 1970, UTC. */
  readonly day: number;
  readonly fromMicros: number;
  readonly toMicros: number;
  slab: Buffer;
  /** Bytes of the slab that hold whole rows. */
  used: number;
  full: Buffer[];
  bytes: number;
}

export interface RowSinks {
  /** The sink of the partition an instant falls into, with room for a row. */
  at(micros: number): RowSink;
  /** Called after a row was written behind `used`. */
  keep(sink: RowSink, end: number): void;
  /** Days seen so far: each is a partition of the table. */
  readonly days: ReadonlySet<number>;
  readonly waitingBytes: number;
  /** The rows of the day with the most of them, taken out; null when there are none. */
  takeLargest(): { readonly day: number; readonly rows: readonly Buffer[] } | null;
}

export function createRowSinks(): RowSinks {
  const sinks = new Map<number, RowSink>();
  const days = new Set<number>();
  let current: RowSink | null = null;
  let waitingBytes = 0;
  const open = (micros: number): RowSink => {
    const day = Math.floor(micros / DAY_MICROS);
    let sink = sinks.get(day);
    if (sink === undefined) {
      const fromMicros = day * DAY_MICROS;
      sink = {
        day,
        fromMicros,
        toMicros: fromMicros + DAY_MICROS,
        slab: Buffer.allocUnsafeSlow(FIRST_SLAB_BYTES),
        used: 0,
        full: [],
        bytes: 0,
      };
      sinks.set(day, sink);
      days.add(day);
    }
    return sink;
  };
  return {
    at(micros) {
      if (current === null || micros < current.fromMicros || micros >= current.toMicros) current = open(micros);
      if (current.slab.length - current.used < LONGEST_ROW) {
        current.full.push(current.slab.subarray(0, current.used));
        current.slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
        current.used = 0;
      }
      return current;
    },
    keep(sink, end) {
      sink.bytes += end - sink.used;
      waitingBytes += end - sink.used;
      sink.used = end;
    },
    days,
    get waitingBytes() {
      return waitingBytes;
    },
    takeLargest() {
      let largest: RowSink | null = null;
      for (const sink of sinks.values()) if (sink.bytes > 0 && (largest === null || sink.bytes > largest.bytes)) largest = sink;
      if (largest === null) return null;
      const rows = largest.used === 0 ? largest.full : [...largest.full, largest.slab.subarray(0, largest.used)];
      waitingBytes -= largest.bytes;
      sinks.delete(largest.day);
      if (current === largest) current = null;
      return { day: largest.day, rows };
    },
  };
}
