/** Keyset cursors: opaque to clients, bound to the list they came from. */
import { AppError } from './app-error.ts';

export function writeCursor(list: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');
}

/** Whether text can be a key of a cursor: what is not would be refused by the database, or mean something else to it. */
export type CursorKey = (text: string) => boolean;

/**
 * The keys of a cursor of this list, or null when none was given. `keys` says how many there are, or what each must be. Throws
 * `invalid_value` for another list's cursor and for one that somebody made up.
 */
export function readCursor(list: string, cursor: string | undefined, keys: number | readonly CursorKey[]): readonly string[] | null {
  if (cursor === undefined) return null;
  const count = typeof keys === 'number' ? keys : keys.length;
  const fits = (text: unknown, at: number): text is string =>
    typeof text === 'string' && (typeof keys === 'number' || keys[at]?.(text) === true);
  try {
    const [from, ...given] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (from === list && given.length === count && given.every(fits)) return given;
  } catch {
    // Falls through: a cursor that cannot be read is refused like a wrong one.
  }
  throw new AppError('invalid_value', 'The cursor does not belong to this list. Start again without one.', {
    errors: [{ path: 'cursor', message: 'does not belong to this list' }],
  });
}

/** Cuts a page out of limit + 1 rows. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  shape: { item(row: Row): Item; cursor(row: Row): string },
): { items: Item[]; nextCursor: string | null } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map((row) => shape.item(row)), nextCursor: rows.length > limit && last !== undefined ? shape.cursor(last) : null };
}
