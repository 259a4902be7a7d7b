import type { updateInstrument as contract } from '@holdfast/contract/instruments';
import type { BodyOf } from '@holdfast/contract';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { entryOf } from './asker.ts';
import type { Asker } from './asker.ts';
import { tickSizeOf } from './create-instrument.ts';
import type { InstrumentWriter } from './create-instrument.ts';
import { noInstrument } from './get-instrument.ts';
import { updateInstrumentRow } from './instrument-store.ts';
import type { InstrumentChange } from './instrument-store.ts';
import type { Instrument } from './instrument.ts';

/** Changes one of the caller's private instruments, or as an administrator a public one. */
export async function updateInstrument(
  writer: InstrumentWriter,
  asker: Asker,
  request: { readonly symbol: string; readonly change: BodyOf<typeof contract> },
): Promise<Instrument> {
  const instrument = writableInstrument(writer, asker, request.symbol);
  const { tickSize, ...rest } = request.change;
  return write(writer, asker, {
    instrument,
    change: { ...rest, ...(tickSize === undefined ? {} : { tickSize: tickSizeOf(tickSize) }) },
    action: 'instrument.updated',
  });
}

/** Takes it off the lists and out of trading; history that names it stays. */
export async function deactivateInstrument(writer: InstrumentWriter, asker: Asker, symbol: string): Promise<void> {
  const instrument = writableInstrument(writer, asker, symbol);
  if (instrument.status === 'inactive') return;
  await write(writer, asker, { instrument, change: { status: 'inactive' }, action: 'instrument.deactivated' });
}

/** The instrument a caller may write to. Throws `not_found`, and `forbidden` for what everybody sees. */
export function writableInstrument({ instruments }: Pick<InstrumentWriter, 'instruments'>, { caller }: Asker, symbol: string): Instrument {
  const instrument = instruments.book.resolve(symbol, caller.userId);
  if (instrument === null) throw noInstrument(symbol);
  if (instrument.ownerId === null && caller.role !== 'admin')
    throw new AppError('forbidden', `Only an administrator may change ${instrument.symbol}, which everybody sees.`);
  return instrument;
}

interface Change {
  readonly instrument: Instrument;
  readonly change: InstrumentChange;
  readonly action: string;
}

function write({ db, clock, instruments }: InstrumentWriter, asker: Asker, { instrument, change, action }: Change): Promise<Instrument> {
  const now = clock.now();
  return transact(db, async (tx) => {
    const updated = await updateInstrumentRow(tx, instrument.key, { change, now });
    if (updated === null) throw noInstrument(instrument.symbol);
    await writeAuditEntry(tx, entryOf(asker, { at: now, action, instrument, fields: Object.keys(change) }));
    instruments.changed([updated]);
    return updated;
  });
}
