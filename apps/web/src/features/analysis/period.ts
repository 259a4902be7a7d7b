/** Which days a page looks at: a range that ends today, or two days of the reader's own. */
export const PERIODS = ['1M', '3M', 'YTD', '1Y', '3Y', '5Y', 'All'] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface Period {
  readonly range: PeriodName | 'custom';
  readonly from?: string;
  readonly to?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTHS: Record<Exclude<PeriodName, 'YTD' | 'All'>, number> = { '1M': 1, '3M': 3, '1Y': 12, '3Y': 36, '5Y': 60 };

/** The period an address says; a year where it says nothing that has a meaning. Days of one's own go before a range. */
export function readPeriod(address: {
  readonly range?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): Period {
  const from = address.from !== undefined && DAY.test(address.from) ? address.from : undefined;
  const to = address.to !== undefined && DAY.test(address.to) ? address.to : undefined;
  if (from !== undefined || to !== undefined) {
    return { range: 'custom', ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }
  return { range: PERIODS.find((known) => known === address.range) ?? '1Y' };
}

/** First and last day as the server is asked for them; left out where there is no bound. `today` is the reader's. */
export function boundsOfPeriod(period: Period, today: Date): { readonly from?: string; readonly to?: string } {
  const { range, from, to } = period;
  if (range === 'custom') return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  if (range === 'All') return {};
  if (range === 'YTD') return { from: `${String(today.getFullYear())}-01-01` };
  return { from: monthsBefore(today, MONTHS[range]) };
}

/** 31 March less one month is the last of February. */
function monthsBefore(today: Date, months: number): string {
  const first = new Date(Date.UTC(today.getFullYear(), today.getMonth() - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(today.getDate(), last));
  return first.toISOString().slice(0, 10);
}

/** A point a week is more than a line of a screen's width can show of many years. */
export function intervalOf(period: Period): 'day' | 'week' {
  return period.range === '5Y' || period.range === 'All' || period.range === '3Y' ? 'week' : 'day';
}
