import { formatSymbol } from '@holdfast/engine/instruments';
import type { ListedSymbol } from '@holdfast/engine/instruments';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';

/** Finds the public instrument of exactly a listing: a bare symbol may mean another one, or several. */
export function createListingIndex(book: InstrumentBook): (listing: ListedSymbol) => Instrument | null {
  let byListing = new Map<string, Instrument>();
  let version = Number.NaN;
  return (listing) => {
    if (version !== book.version) {
      version = book.version;
      byListing = new Map(book.listPublic().map((instrument) => [formatSymbol(instrument), instrument]));
    }
    return byListing.get(formatSymbol(listing)) ?? null;
  };
}
