export const VALUE_RANGES = ['1W', '1M', '3M', 'YTD', '1Y', '5Y', 'All'] as const;
export type ValueRange = (typeof VALUE_RANGES)[number];

/** A year, where an address says nothing that has a meaning. */
export function readRange(wanted: string | undefined): ValueRange {
  return VALUE_RANGES.find((known) => known === wanted) ?? '1Y';
}

/** The first day of a range that ends today, as `YYYY-MM-DD`; undefined for all there is. */
export function startOfRange(range: ValueRange, today: Date): string | undefined {
  const day = new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate()));
  if (range === 'All') return undefined;
  if (range === 'YTD') return `${String(today.getFullYear())}-01-01`;
  if (range === '1W') day.setUTCDate(day.getUTCDate() - 7);
  else if (range === '1M' || range === '3M') backMonths(day, range === '1M' ? 1 : 3);
  else backMonths(day, range === '1Y' ? 12 : 60);
  return day.toISOString().slice(0, 10);
}

/** 31 March less one month is the last of February. */
function backMonths(day: Date, months: number): void {
  const date = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(date, last));
}
