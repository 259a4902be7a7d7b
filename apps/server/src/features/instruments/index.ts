/** Instruments: what can be held or followed, by symbol. Other features name things through the book. */
export { entryOf } from './asker.ts';
export type { Asker } from './asker.ts';
export { createInstrument } from './create-instrument.ts';
export { getInstrument } from './get-instrument.ts';
export { createInstrumentBook } from './instrument-book.ts';
export type { InstrumentBook, WritableInstrumentBook } from './instrument-book.ts';
export { bindInstrumentRoutes } from './instrument-routes.ts';
export { IMPORT_SOURCE, isFetched, MANUAL_SOURCE, symbolOf } from './instrument.ts';
export type { AssetClass, Instrument } from './instrument.ts';
export { createInstrumentPages } from './list-instruments.ts';
export type { InstrumentQuery } from './list-instruments.ts';
export { openInstruments } from './open-instruments.ts';
export type { Instruments, InstrumentsNeeds } from './open-instruments.ts';
export { updateInstrument, writableInstrument } from './update-instrument.ts';
