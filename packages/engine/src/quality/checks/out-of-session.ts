import { formatDay, hasCalendar, isOpen, isTradingDay } from '../../time/index.ts';
import type { Check } from '../check.ts';
import { isTrade, type QualityRecord } from '../record.ts';

/** A trade while its exchange was closed. Where only a day is known, the day alone is judged. */
export const outOfSession: Check = {
  id: 'out-of-session',
  severity: 'low',
  advice: 'Check date, time and time zone. Trades before and after hours are real, but rare.',
  find: ({ records, nameOf }) =>
    records.filter(isOutside).map((record) => {
      const when = `${record.hasTime ? 'at that time ' : ''}on ${formatDay(record.tradedOn)}`;
      const description = `Time outside trading hours for ${nameOf(record)}: ${record.exchange ?? ''} was closed ${when}.`;
      return { subject: record.id, recordId: record.id, at: record.tradedAt, description };
    }),
};

function isOutside(record: QualityRecord): boolean {
  const { exchange, tradedAt, tradedOn, hasTime } = record;
  if (!isTrade(record) || exchange === null || !hasCalendar(exchange)) return false;
  return hasTime ? !isOpen(exchange, tradedAt) : !isTradingDay(exchange, tradedOn);
}
