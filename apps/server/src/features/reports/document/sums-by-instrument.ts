import { add, compare, decimal, formatDecimal, toNumber, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Row } from './report-document.ts';

/** Exact sums per instrument, of some amounts of each row. */
export interface InstrumentSums {
  add(symbol: string, name: string, amounts: object): void;
  /** Symbol, name, how many, and the sums in the order they were named; by symbol. */
  rows(): readonly Row[];
  /** The largest and the smallest sums of one amount, as numbers to draw. */
  bars(amount: string): readonly { readonly label: string; readonly value: number }[];
}

interface Sums {
  readonly name: string;
  readonly count: number;
  readonly sums: readonly Decimal[];
}

/** On paper more of them cannot be told apart. */
const MOST_BARS = 12;

export function sumsByInstrument(amounts: readonly string[]): InstrumentSums {
  const bySymbol = new Map<string, Sums>();
  const valueOf = (row: object, amount: string): Decimal => decimal((row as Readonly<Record<string, string>>)[amount] ?? '0');
  return {
    add(symbol, name, row) {
      const known = bySymbol.get(symbol);
      const sums = amounts.map((amount, index) => add(known?.sums[index] ?? ZERO, valueOf(row, amount)));
      bySymbol.set(symbol, { name, count: (known?.count ?? 0) + 1, sums });
    },
    rows: () =>
      [...bySymbol]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([symbol, { name, count, sums }]) => [symbol, name, String(count), ...sums.map(formatDecimal)]),
    bars(amount) {
      const at = amounts.indexOf(amount);
      const sorted = [...bySymbol].sort(([, one], [, other]) => compare(other.sums[at] ?? ZERO, one.sums[at] ?? ZERO));
      const shown = sorted.length <= MOST_BARS ? sorted : [...sorted.slice(0, MOST_BARS / 2), ...sorted.slice(-MOST_BARS / 2)];
      return shown.map(([label, { sums }]) => ({ label, value: toNumber(sums[at] ?? ZERO) }));
    },
  };
}
