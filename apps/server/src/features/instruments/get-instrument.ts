import { AppError } from '../../platform/http/index.ts';
import type { Instrument } from './instrument.ts';
import type { Instruments } from './open-instruments.ts';

/** The instrument a caller means by a symbol. Throws `not_found` and `ambiguous_symbol`. */
export async function getInstrument(
  { book, find }: Pick<Instruments, 'book' | 'find'>,
  userId: string | undefined,
  symbol: string,
): Promise<Instrument> {
  const instrument = book.resolve(symbol, userId) ?? (await find(symbol, userId));
  if (instrument === null) throw noInstrument(symbol);
  return instrument;
}

export function noInstrument(symbol: string): AppError {
  return new AppError(
    'not_found',
    `There is no instrument ${symbol.toUpperCase()}. GET /api/v1/instruments?search= finds those there are.`,
  );
}
