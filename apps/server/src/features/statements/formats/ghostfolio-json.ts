/** Ghostfolio's own export: accounts, the profiles of assets entered by hand, and activities. */
import { ZERO } from '@holdfast/engine/money';
import { CellProblem, quoted, StatementError } from '../statement-row.ts';
import type { StatementRow } from '../statement-row.ts';
import { exactCell } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import { exactText, linesOfItems, parseExactJson } from '../table/exact-json.ts';
import { readMoment } from '../table/written-day.ts';
import { STATEMENT_LIMITS } from '../statement-text.ts';
import { currencyOf, inUnits } from './figures.ts';
import type { StatementFormat } from './format.ts';
import { ghostfolioRow } from './ghostfolio-csv.ts';

type Fields = Readonly<Record<string, unknown>>;

export const ghostfolioJson: StatementFormat = {
  id: 'ghostfolio-json',
  title: 'Ghostfolio (JSON)',
  recognise: ({ text }) => (/^\s*\{/.test(text) && /"activities"\s*:\s*\[/.test(text) ? 1 : 0),
  read({ text }) {
    const file = parseExactJson(text);
    const activities = isFields(file) ? file['activities'] : undefined;
    if (!isFields(file) || !Array.isArray(activities))
      throw new StatementError('The file has no list "activities": it is no export of Ghostfolio.');
    if (activities.length > STATEMENT_LIMITS.rows) throw new StatementError(`The file has more than ${STATEMENT_LIMITS.rows} activities.`);
    const names = namesOfAssets(file['assetProfiles']);
    const lines = linesOfItems(text, 'activities');
    const collected = createCollector();
    activities.forEach((activity: unknown, at) => collected.read(lines[at] ?? 1, () => [rowOf(activity, { line: lines[at] ?? 1, names })]));
    return collected.done();
  },
};

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Assets entered by hand have a UUID for a symbol; their profile says what they are. */
function namesOfAssets(profiles: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const profile of Array.isArray(profiles) ? (profiles as unknown[]) : []) {
    if (!isFields(profile)) continue;
    const { symbol, name } = profile;
    if (typeof symbol === 'string' && typeof name === 'string') names.set(symbol, name);
  }
  return names;
}

function rowOf(activity: unknown, { line, names }: { readonly line: number; readonly names: ReadonlyMap<string, string> }): StatementRow {
  if (!isFields(activity)) throw new CellProblem(null, 'An activity is an object with type, symbol, quantity and unitPrice.');
  const word = (field: string): string => exactText(activity[field])?.trim() ?? '';
  const profile = isFields(activity['SymbolProfile']) ? activity['SymbolProfile'] : {};
  const symbol = word('symbol') || (exactText(profile['symbol']) ?? '');
  const currency = currencyOf(word('currency') || (exactText(profile['currency']) ?? ''), 'currency');
  const exact = (field: string) => {
    const written = word(field);
    if (written === '') throw new CellProblem(field, 'is missing.');
    return exactCell(written, field, '.');
  };
  return ghostfolioRow({
    line,
    type: word('type').toLowerCase(),
    symbol,
    name: names.get(symbol) ?? null,
    isManual: word('dataSource') === 'MANUAL',
    quantity: exact('quantity'),
    price: inUnits(exact('unitPrice'), currency),
    fee: word('fee') === '' ? ZERO : inUnits(exact('fee'), currency),
    currency: currency.code,
    tradedAt: dayOf(word('date')),
    note: word('comment') || null,
    brokerId: word('id') || null,
    columns: { type: 'type', quantity: 'quantity', symbol: 'symbol' },
  });
}

/** Midnight in UTC is how Ghostfolio writes a day without a time: west of Greenwich the instant would be the day before. */
function dayOf(written: string): string {
  const read = readMoment(written, { order: 'dmy', zone: 'UTC' });
  if (read === null) throw new CellProblem('date', `${quoted(written)} is no day or instant such as 2025-12-31T00:00:00.000Z.`);
  return read.endsWith('T00:00:00.000Z') ? read.slice(0, 10) : read;
}
