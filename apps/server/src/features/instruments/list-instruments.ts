import { createHash } from 'node:crypto';
import type { AssetClass } from '@holdfast/engine/instruments';
import { readCursor, Serialised, writeCursor } from '../../platform/http/index.ts';
import { byName } from './instrument-book.ts';
import type { InstrumentBook } from './instrument-book.ts';
import { instrumentText } from './instrument-json.ts';
import type { Instrument } from './instrument.ts';

export interface InstrumentQuery {
  readonly search?: string;
  readonly assetClass?: AssetClass;
  readonly exchange?: string;
  readonly status?: 'active' | 'inactive' | 'all';
  readonly limit?: number;
  readonly cursor?: string;
}

/** Answers pages of the public instruments and the caller's own, from memory: best match first, then by symbol. */
export function createInstrumentLists(book: InstrumentBook): (userId: string | null, query: InstrumentQuery) => Serialised {
  // Who has no private instruments sees what everybody sees: such a page is put together once.
  const pages = new Map<string, Serialised>();
  let version = Number.NaN;
  return (userId, query) => {
    const own = userId === null ? [] : book.listPrivate(userId);
    if (own.length > 0) return listInstruments([...book.listPublic(), ...own].sort(byName), query);
    if (version !== book.version || pages.size >= MOST_PAGES) pages.clear();
    version = book.version;
    const name = JSON.stringify(query);
    const known = pages.get(name);
    if (known !== undefined) return known;
    const made = listInstruments(book.listPublic(), query);
    pages.set(name, made);
    return made;
  };
}

/** A page of 500 is about 150 KB of text. */
const MOST_PAGES = 100;

function listInstruments(instruments: readonly Instrument[], query: InstrumentQuery): Serialised {
  const { items, nextCursor } = pageOf(instruments, query);
  return new Serialised(`{"items":[${items.map(instrumentText).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`);
}

export interface InstrumentPage {
  readonly items: readonly Instrument[];
  readonly nextCursor: string | null;
}

/** The same pages as instruments, for a door that prints them in its own words. */
export function createInstrumentPages(book: InstrumentBook): (userId: string, query: InstrumentQuery) => InstrumentPage {
  return (userId, query) => {
    const own = book.listPrivate(userId);
    return pageOf(own.length === 0 ? book.listPublic() : [...book.listPublic(), ...own].sort(byName), query);
  };
}

function pageOf(instruments: readonly Instrument[], query: InstrumentQuery): InstrumentPage {
  const limit = query.limit ?? 50;
  const list = listName(query);
  const after = placeOf(readCursor(list, query.cursor, 4));
  const rankOf = ranking(query.search);
  const found: Ranked[] = [];
  for (const instrument of instruments) {
    if (!passes(instrument, query)) continue;
    const rank = rankOf(instrument);
    if (rank === null) continue;
    const place = { rank, instrument };
    if (after !== null && comparePlaces(place, after) <= 0) continue;
    found.push(place);
    // Without a search everything has the same rank and comes in order: what follows need not be looked at.
    if (query.search === undefined && found.length > limit) break;
  }
  if (query.search !== undefined) found.sort(comparePlaces);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { items: page.map(({ instrument }) => instrument), nextCursor: last === undefined ? null : cursorAt(list, last) };
}

type Name = Pick<Instrument, 'symbol' | 'exchange' | 'id'>;

interface Ranked {
  /** Lower is better. */
  readonly rank: number;
  readonly instrument: Instrument;
}

interface Place {
  readonly rank: number;
  readonly instrument: Name;
}

function passes(instrument: Instrument, { assetClass, exchange, status = 'active' }: InstrumentQuery): boolean {
  if (status !== 'all' && instrument.status !== status) return false;
  if (assetClass !== undefined && instrument.assetClass !== assetClass) return false;
  return exchange === undefined || instrument.exchange === exchange.toUpperCase();
}

const words = new WeakMap<Instrument, string>();

/** The words of symbol, name and ISIN, each after a blank, so that " app" finds what has a word that begins with "app". */
function wordsOf(instrument: Instrument): string {
  const made = words.get(instrument);
  if (made !== undefined) return made;
  const text = ` ${plainWords(`${instrument.symbol} ${instrument.name} ${instrument.isin ?? ''}`)}`;
  words.set(instrument, text);
  return text;
}

/** Lower case without accents, every other sign than letters and digits a blank. */
function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** How well an instrument meets a search: the symbol itself 0, its beginning 1, the beginning of the name 2, words anywhere 3, null not. */
function ranking(search: string | undefined): (instrument: Instrument) => number | null {
  const written = search?.trim().toUpperCase() ?? '';
  if (written === '') return () => 0;
  const plain = plainWords(written);
  const wanted = plain.split(' ').map((word) => ` ${word}`);
  return (instrument) => {
    if (instrument.symbol === written || instrument.isin === written) return 0;
    if (instrument.symbol.startsWith(written)) return 1;
    if (plain === '' || !wanted.every((word) => wordsOf(instrument).includes(word))) return null;
    return plainWords(instrument.name).startsWith(plain) ? 2 : 3;
  };
}

function comparePlaces(a: Place, b: Place): number {
  return a.rank - b.rank || byName(a.instrument, b.instrument);
}

/** A cursor belongs to one search: continued in another it would skip and repeat. */
function listName({ search, assetClass, exchange, status }: InstrumentQuery): string {
  const filters = JSON.stringify([search?.trim().toUpperCase(), assetClass, exchange?.toUpperCase(), status]);
  return `instruments ${createHash('sha256').update(filters).digest('base64url').slice(0, 8)}`;
}

function cursorAt(list: string, { rank, instrument: { symbol, exchange, id } }: Place): string {
  return writeCursor(list, [String(rank), symbol, exchange ?? '', id]);
}

function placeOf(keys: readonly string[] | null): Place | null {
  if (keys === null) return null;
  const [rank = '0', symbol = '', exchange = '', id = ''] = keys;
  return { rank: Number(rank), instrument: { symbol, exchange: exchange === '' ? null : exchange, id } };
}
