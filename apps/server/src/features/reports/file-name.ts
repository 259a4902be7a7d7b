import { formatDay } from '@holdfast/engine/time';
import type { ReportHeading } from './document/report-input.ts';

/** A name that every system takes: long-run-realized-gains-2025.pdf */
export function fileNameOf({ kind, format, portfolioName, period, asOf }: ReportHeading): string {
  const { from, to, year } = period;
  const today = new Date(asOf).toISOString().slice(0, 10);
  const days = [from, to].flatMap((day) => (day === null ? [] : [formatDay(day)]));
  const when = year !== null ? String(year) : days.length === 0 ? today : days.join('-to-');
  const portfolio = portfolioName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${[portfolio, kind, when].filter((part) => part !== '').join('-')}.${format}`;
}
