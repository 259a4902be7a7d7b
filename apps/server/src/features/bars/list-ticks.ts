import type { listTicks as contract } from '@holdfast/contract/bars';
import type { AnswerOf } from '@holdfast/contract';
import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { AppError, page, readCursor, writeCursor } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';
import type { Db } from '../../platform/db/pool.ts';
import { getInstrument, IMPORT_SOURCE, symbolOf } from '../instruments/index.ts';
import { findNewestTickAt, loadTicks } from './bar-store.ts';
import type { TickRow } from './bar-store.ts';
import { historyLimit } from './history-limit.ts';
import type { HistoryReader } from './list-bars.ts';
import { timeRange } from './time-range.ts';
import type { RangeAsked } from './time-range.ts';

export interface TicksRequest extends RangeAsked {
  readonly symbol: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const DAY_MS = 86_400_000;

/** A page of stored ticks, oldest first. Throws `conflict` for an instrument whose ticks are not stored. */
export async function listTicks(
  reader: HistoryReader & { readonly db: Db },
  caller: Caller | null,
  request: TicksRequest,
): Promise<AnswerOf<typeof contract>> {
  const { db, clock, instruments, history, policy } = reader;
  const instrument = await getInstrument(instruments, caller?.userId, request.symbol);
  const symbol = symbolOf(instrument);
  if (instrument.source !== IMPORT_SOURCE)
    throw new AppError(
      'conflict',
      `The ticks of ${symbol} are not stored: its prices are of the source ${instrument.source}. GET /api/v1/instruments/${symbol}/bars?interval=1m has its minutes.`,
    );
  const wall = await history.clockOf(instrument);
  const newestAt = (await findNewestTickAt(db, instrument.key)) ?? clock.now();
  const endMs = newestAt + 1_000;
  // Without a range, the day of the newest tick.
  const startOfDay = wall.toInstantMs(Math.floor(wall.toLocalMs(newestAt) / DAY_MS) * DAY_MS);
  const asked = timeRange(request, { clock: wall, endMs, spanMs: endMs - startOfDay });
  const limit = historyLimit(policy, caller, { now: clock.now() });
  const limited = limit !== null && asked.fromMs < limit.from;
  const rowLimit = request.limit ?? 50;
  const list = `ticks ${instrument.id}`;
  const [micros, number] = readCursor(list, request.cursor, 2) ?? [];
  const after = micros === undefined || number === undefined ? null : tickPlace(micros, number);
  const rows = await loadTicks(
    db,
    { instrumentKey: instrument.key, fromMs: limited ? limit.from : asked.fromMs, toMs: asked.toMs, limit: rowLimit + 1 },
    after,
  );
  const { items, nextCursor } = page(rows, rowLimit, {
    item: wireTick,
    cursor: (row) => writeCursor(list, [row.micros, String(row.number)]),
  });
  const limitedTo = limited ? { ...limit, from: new Date(limit.from).toISOString() } : null;
  return { symbol, items, nextCursor, limitedTo };
}

function tickPlace(micros: string, number: string) {
  if (!/^-?\d{1,17}$/.test(micros) || !/^\d{1,18}$/.test(number))
    throw new AppError('invalid_value', 'The cursor does not belong to this list. Start again without one.');
  return { micros, number };
}

function wireTick(row: TickRow): AnswerOf<typeof contract>['items'][number] {
  return {
    at: new Date(row.at).toISOString(),
    number: row.number,
    last: formatDecimal(row.last),
    bid: text(row.bid),
    bidSize: text(row.bidSize),
    ask: text(row.ask),
    askSize: text(row.askSize),
    lastSize: text(row.lastSize),
    openInterest: text(row.openInterest),
  };
}

function text(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}
