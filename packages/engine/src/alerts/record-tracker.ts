import { negate, ONE, ZERO, type Decimal } from '../money/index.ts';
import type { Look } from './level-book.ts';

/** The highest or lowest price so far, and whether a look goes beyond it. */
export interface RecordTracker {
  /** What is known to be the extreme of the days in question. */
  readonly set: (extreme: Decimal) => void;
  /** The look as one at the record's series, with the price that made the record and the one it beat. Notes the new extreme. */
  readonly note: (look: Look) => { readonly flag: Look; readonly extreme: Decimal; readonly beaten: Decimal };
}

export function createRecordTracker(kind: 'newHigh' | 'newLow', known: Decimal): RecordTracker {
  const isHigh = kind === 'newHigh';
  const raised = isHigh ? ONE : negate(ONE);
  const beats = (price: Decimal, than: Decimal): boolean => (isHigh ? price > than : price < than);
  let record = known;
  return {
    set: (extreme) => {
      record = extreme;
    },
    note: (look) => {
      const beaten = record;
      const extreme = isHigh ? look.high : look.low;
      const value = beats(look.value, beaten) ? raised : ZERO;
      const reached = beats(extreme, beaten) ? raised : ZERO;
      if (reached !== ZERO) record = extreme;
      const flag = { at: look.at, fromAt: look.fromAt, value, high: isHigh ? reached : value, low: isHigh ? value : reached };
      return { flag, extreme, beaten };
    },
  };
}
