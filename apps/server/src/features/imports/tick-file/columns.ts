/** The header of a tick file. */

/** The columns a tick file must have, in the order in which vendors write them. */
export const COLUMNS = ['Ticker', 'Date', 'Time', 'LTP', 'BuyPrice', 'BuyQty', 'SellPrice', 'SellQty', 'LTQ', 'OpenInterest'] as const;
export type Column = (typeof COLUMNS)[number];

/** What is wrong with an upload as a whole: it is not read on, and nothing of it is kept. */
export class TickFileError extends Error {
  override readonly name = 'TickFileError';
}

/**
 * Where each of COLUMNS stands in the file, from its header line. Capitals and spaces do not count ("Open Interest"), nor does the
 * order. Throws `TickFileError` naming the column that is missing, unknown or there twice.
 */
export function readHeader(fields: readonly string[]): readonly number[] {
  const found = fields.map((field) => plain(field));
  const places = COLUMNS.map((column) => found.indexOf(plain(column)));
  const missing = COLUMNS.filter((_, index) => places[index] === -1);
  if (missing.length > 0) {
    throw new TickFileError(
      `The header has no column ${missing.join(', ')}. Its first line must read ${COLUMNS.join(',')}; it reads ${shown(fields)}.`,
    );
  }
  const extra = fields.findIndex((_, index) => !places.includes(index));
  if (extra !== -1) {
    const name = (fields[extra] ?? '').trim();
    const twice = COLUMNS.some((column) => plain(column) === plain(name));
    throw new TickFileError(`The header has the column ${JSON.stringify(name.slice(0, 40))} ${twice ? 'twice' : 'that no tick file has'}.`);
  }
  return places;
}

function plain(field: string): string {
  return field.replace(/[\s_]+/g, '').toLowerCase();
}

function shown(fields: readonly string[]): string {
  const text = fields.join(',').trim();
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
