import { parseDay } from '@holdfast/engine/time';
import type { ReportPeriod } from './report-input.ts';

/** Whether a day, YYYY-MM-DD, lies in the period; both ends belong to it. */
export function inPeriod(text: string, { from, to }: ReportPeriod): boolean {
  const day = parseDay(text);
  return day !== null && (from === null || day >= from) && (to === null || day <= to);
}
