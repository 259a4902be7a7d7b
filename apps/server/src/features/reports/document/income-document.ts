/** Dividends and interest: each, by month and by instrument. */
import { add, decimal, formatDecimal, toNumber, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { formatDay, monthsOf, parseDay } from '@holdfast/engine/time';
import { documentHead } from './document-head.ts';
import { headOf, itemsOf } from './json-items.ts';
import { inPeriod } from './in-period.ts';
import { batchesOf } from './report-document.ts';
import type { BarChart, Column, ReportDocument, Row, Table } from './report-document.ts';
import type { IncomeContent, ReportHeading } from './report-input.ts';
import { sumsByInstrument } from './sums-by-instrument.ts';
import type { ReportWords } from '../words/report-words.ts';

interface Income {
  readonly transactionId: string;
  readonly symbol: string | null;
  readonly on: string;
  readonly amount: string;
}

interface Costs {
  readonly costs: string;
}

export function incomeDocument(heading: ReportHeading, { income }: IncomeContent): ReportDocument {
  const { head, words } = documentHead(heading);
  const { baseCurrency: currency, period } = heading;
  const read = function* () {
    for (const item of itemsOf<Income>(income)) if (inPeriod(item.on, period)) yield item;
  };
  let [count, total] = [0, ZERO];
  const months = new Map<string, Decimal>();
  const instruments = sumsByInstrument(['amount']);
  for (const item of read()) {
    const [month, amount] = [item.on.slice(0, 7), decimal(item.amount)];
    count += 1;
    total = add(total, amount);
    months.set(month, add(months.get(month) ?? ZERO, amount));
    instruments.add(item.symbol ?? '', item.symbol === null ? words.types.interest : '', item);
  }
  // What the API says of costs is of a whole year or of all time.
  const ofWhole = period.year !== null || (period.from === null && period.to === null);
  return {
    ...head,
    figures: [
      { label: words.figures.income, value: formatDecimal(total), kind: 'money', currency, signed: true },
      ...(ofWhole ? [{ label: words.figures.costs, value: headOf<Costs>(income).costs, kind: 'money' as const, currency }] : []),
    ],
    charts: [monthChart(months, words, currency)],
    tables: [itemTable({ words, currency, count }, read), instrumentTable(instruments.rows(), words, currency)],
    methods: [
      { name: words.figures.income, sentence: words.sentences.income },
      ...(ofWhole ? [{ name: words.figures.costs, sentence: words.sentences.costs }] : []),
    ],
  };
}

interface Listed {
  readonly words: ReportWords;
  readonly currency: string;
  readonly count: number;
}

function itemTable({ words, currency, count }: Listed, read: () => Iterable<Income>): Table {
  const columns: readonly Column[] = [
    { key: 'on', title: words.columns.on, kind: 'day', width: 16 },
    { key: 'symbol', title: words.columns.symbol, kind: 'text', width: 18 },
    { key: 'type', title: words.columns.type, kind: 'text', width: 30, words: words.types },
    { key: 'amount', title: words.columns.amount, kind: 'money', width: 18, currency, total: true },
    { key: 'transactionId', title: words.columns.transactionId, kind: 'text', width: 26, filesOnly: true },
  ];
  const rows = function* (): Generator<Row> {
    for (const { on, symbol, amount, transactionId } of read())
      yield [on, symbol, symbol === null ? 'interest' : 'dividend', amount, transactionId];
  };
  return { title: words.tables.income, columns, count, totalCurrencies: [currency], rows: () => batchesOf(rows())() };
}

function instrumentTable(rows: readonly Row[], words: ReportWords, currency: string): Table {
  const columns: readonly Column[] = [
    { key: 'symbol', title: words.columns.symbol, kind: 'text', width: 18 },
    { key: 'count', title: words.columns.count, kind: 'quantity', width: 12 },
    { key: 'amount', title: words.columns.amount, kind: 'money', width: 18, currency, total: true },
  ];
  const shown = rows.map(([symbol = '', name = '', count = null, amount = null]): Row => [symbol === '' ? name : symbol, count, amount]);
  return { title: words.tables.instruments, columns, count: shown.length, totalCurrencies: [currency], rows: batchesOf(shown) };
}

/** Every month from the first to the last, those without income too. */
function monthChart(months: ReadonlyMap<string, Decimal>, words: ReportWords, currency: string): BarChart {
  const names = [...months.keys()].sort();
  const [first, last] = [parseDay(`${names[0] ?? ''}-01`), parseDay(`${names.at(-1) ?? ''}-01`)];
  const all = first === null || last === null ? [] : monthsOf({ from: first, to: last }).map(({ from }) => formatDay(from).slice(0, 7));
  const bars = all.slice(-MOST_MONTHS).map((label) => ({ label, value: toNumber(months.get(label) ?? ZERO) }));
  return { kind: 'bars', title: words.charts.income, currency, signed: false, bars };
}

const MOST_MONTHS = 36;
