import type { createInstrument as contract } from '@holdfast/contract/instruments';
import type { BodyOf } from '@holdfast/contract';
import { parseSymbol } from '@holdfast/engine/instruments';
import { findCurrency } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, exactInput } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { entryOf } from './asker.ts';
import type { Asker } from './asker.ts';
import type { Instruments } from './open-instruments.ts';
import { insertMissing } from './instrument-store.ts';
import type { NewInstrument } from './instrument-store.ts';
import { MANUAL_SOURCE } from './instrument.ts';
import type { Instrument } from './instrument.ts';

export interface InstrumentWriter {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: Instruments;
}

/** Private instruments are kept in memory by every server, so a user's are bounded. */
const MOST_PRIVATE = 1_000;

/** Creates a private instrument of the caller, or a public one when an administrator says so. */
export async function createInstrument(
  { db, clock, instruments }: InstrumentWriter,
  asker: Asker,
  request: BodyOf<typeof contract>,
): Promise<Instrument> {
  const isPrivate = request.private ?? true;
  const { caller } = asker;
  if (!isPrivate && caller.role !== 'admin')
    throw new AppError(
      'forbidden',
      'Only an administrator may create an instrument that everybody sees. Leave `private` out to create your own.',
    );
  if (isPrivate && instruments.book.listPrivate(caller.userId).length >= MOST_PRIVATE)
    throw new AppError('conflict', `You have ${MOST_PRIVATE} private instruments, which is the most there can be.`);
  const wanted = newInstrument(request, isPrivate ? caller.userId : null);
  const now = clock.now();
  return transact(db, async (tx) => {
    const [created] = await insertMissing(tx, [wanted], now);
    if (created === undefined)
      throw new AppError(
        'symbol_taken',
        `There is an instrument ${wanted.symbol}${isPrivate ? ' among yours' : ''} already. If it is inactive, PATCH its status.`,
      );
    await writeAuditEntry(tx, entryOf(asker, { at: now, action: 'instrument.created', instrument: created }));
    instruments.changed([created]);
    return created;
  });
}

function newInstrument(request: BodyOf<typeof contract>, ownerId: string | null): NewInstrument {
  const currency = request.currency.toUpperCase();
  if (findCurrency(currency) === null) throw invalid('currency', `${currency} is not a currency that is known here`);
  const written = parseSymbol(request.symbol);
  if (written === null) throw invalid('symbol', 'must be letters, digits and . - & = ^ _ only');
  if (written.exchange !== null && ownerId === null)
    throw invalid('symbol', `names an exchange: write ${written.symbol}, and ${written.exchange} as exchange`);
  return {
    symbol: request.symbol.toUpperCase(),
    exchange: request.exchange?.toUpperCase() ?? null,
    name: request.name.trim(),
    assetClass: request.assetClass,
    currency,
    sector: request.sector ?? null,
    country: request.country ?? null,
    isin: request.isin ?? null,
    tickSize: tickSizeOf(request.tickSize),
    source: MANUAL_SOURCE,
    ownerId,
  };
}

/** Null where any price will do. Throws `invalid_value` unless it is positive. */
export function tickSizeOf(written: string | number | null | undefined): Decimal | null {
  if (written === null || written === undefined) return null;
  const tickSize = exactInput(written, 'tickSize');
  if (tickSize <= 0n) throw invalid('tickSize', 'must be more than 0');
  return tickSize;
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
