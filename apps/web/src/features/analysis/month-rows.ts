import type { Performance } from '@holdfast/sdk';

export interface YearRow {
  readonly year: string;
  /** January to December, in percent; null where the portfolio had no month yet. */
  readonly months: readonly (number | null)[];
  /** The months linked, in percent. */
  readonly whole: number;
}

const TWELVE = Array.from({ length: 12 }, (_, index) => index + 1);

/** Months by year, the newest year first; a year is its months linked by multiplication. */
export function yearRows(months: Performance['months']): YearRow[] {
  const byMonth = new Map(months.map(({ month, return: value }) => [month, value]));
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))].toSorted().toReversed();
  return years.map((year) => {
    const values = TWELVE.map((number) => byMonth.get(`${year}-${String(number).padStart(2, '0')}`) ?? null);
    const linked = values.reduce<number>((product, value) => product * (1 + (value ?? 0)), 1) - 1;
    return { year, months: values.map((value) => (value === null ? null : value * 100)), whole: linked * 100 };
  });
}

/** How strongly a month is coloured: 0 for one that rounds to nothing, up to 4. In percent. */
export function heatOf(percent: number): 0 | 1 | 2 | 3 | 4 {
  const size = Math.abs(percent);
  if (size < 0.005) return 0;
  if (size < 1) return 1;
  if (size < 3) return 2;
  return size < 6 ? 3 : 4;
}
