/** What sales brought, lot by lot, with the sums a tax return asks for. */
import { add, decimal, formatDecimal, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { filled } from '../words/report-words.ts';
import type { ReportWords } from '../words/report-words.ts';
import { documentHead } from './document-head.ts';
import { itemsOf } from './json-items.ts';
import { inPeriod } from './in-period.ts';
import { batchesOf } from './report-document.ts';
import type { Column, Figure, ReportDocument, Row, Table } from './report-document.ts';
import type { GainsContent, ReportHeading } from './report-input.ts';
import { sumsByInstrument } from './sums-by-instrument.ts';
import type { InstrumentSums } from './sums-by-instrument.ts';

interface Gain {
  readonly transactionId: string;
  readonly lotId: string;
  readonly symbol: string;
  readonly name: string;
  readonly acquiredOn: string | null;
  readonly disposedOn: string;
  readonly quantity: string;
  readonly proceeds: string;
  readonly cost: string;
  readonly gain: string;
  readonly term: 'short' | 'long' | null;
  readonly disallowed: string;
}

const SUMMED = ['proceeds', 'cost', 'gain', 'shortTerm', 'longTerm', 'disallowed'] as const;
type Sums = Readonly<Record<(typeof SUMMED)[number], Decimal>>;

export function gainsDocument(heading: ReportHeading, { gains }: GainsContent): ReportDocument {
  const { head, words } = documentHead(heading);
  const { baseCurrency: currency, period } = heading;
  const read = function* () {
    for (const gain of itemsOf<Gain>(gains)) if (inPeriod(gain.disposedOn, period)) yield gain;
  };
  let count = 0;
  let sums: Sums = { proceeds: ZERO, cost: ZERO, gain: ZERO, shortTerm: ZERO, longTerm: ZERO, disallowed: ZERO };
  const instruments = sumsByInstrument(['proceeds', 'cost', 'gain', 'disallowed']);
  for (const gain of read()) {
    count += 1;
    sums = grown(sums, gain);
    instruments.add(gain.symbol, gain.name, gain);
  }
  const { sentences, columns: titles } = words;
  const methods: Readonly<Record<string, string>> = words.costMethods;
  return {
    ...head,
    figures: SUMMED.map((key): Figure => ({
      label: words.figures[key],
      value: formatDecimal(sums[key]),
      kind: 'money',
      currency,
      ...(key === 'gain' || key === 'shortTerm' || key === 'longTerm' ? { signed: true } : {}),
    })),
    charts: [{ kind: 'bars', title: words.charts.gains, currency, signed: true, bars: instruments.bars('gain') }],
    tables: [lotTable({ words, currency, count }, read), instrumentTable(instruments, words, currency)],
    methods: [
      { name: titles.gain, sentence: sentences.gain },
      { name: words.costMethod, sentence: filled(sentences.costMethod, { method: methods[heading.costMethod] ?? heading.costMethod }) },
      { name: titles.term, sentence: sentences.term },
      { name: titles.disallowed, sentence: sentences.disallowed },
    ],
  };
}

function grown(sums: Sums, { proceeds, cost, gain, term, disallowed }: Gain): Sums {
  const amount = decimal(gain);
  return {
    proceeds: add(sums.proceeds, decimal(proceeds)),
    cost: add(sums.cost, decimal(cost)),
    gain: add(sums.gain, amount),
    shortTerm: add(sums.shortTerm, term === 'short' ? amount : ZERO),
    longTerm: add(sums.longTerm, term === 'long' ? amount : ZERO),
    disallowed: add(sums.disallowed, decimal(disallowed)),
  };
}

function lotTable({ words, currency, count }: Listed, read: () => Iterable<Gain>): Table {
  const { columns: titles } = words;
  const columns: readonly Column[] = [
    { key: 'disposedOn', title: titles.disposedOn, kind: 'day', width: 13 },
    { key: 'acquiredOn', title: titles.acquiredOn, kind: 'day', width: 13 },
    { key: 'symbol', title: titles.symbol, kind: 'text', width: 13 },
    { key: 'name', title: titles.name, kind: 'text', width: 26 },
    { key: 'quantity', title: titles.quantity, kind: 'quantity', width: 14 },
    { key: 'proceeds', title: titles.proceeds, kind: 'money', width: 16, currency, total: true },
    { key: 'cost', title: titles.cost, kind: 'money', width: 16, currency, total: true },
    { key: 'gain', title: titles.gain, kind: 'money', width: 16, currency, total: true, signed: true },
    { key: 'term', title: titles.term, kind: 'text', width: 10, words: words.terms },
    { key: 'disallowed', title: titles.disallowed, kind: 'money', width: 14, currency, total: true },
    { key: 'transactionId', title: titles.transactionId, kind: 'text', width: 26, filesOnly: true },
    { key: 'lotId', title: titles.lotId, kind: 'text', width: 26, filesOnly: true },
  ];
  const rows = function* (): Generator<Row> {
    for (const { disposedOn, acquiredOn, symbol, name, quantity, proceeds, cost, gain, term, disallowed, ...ids } of read()) {
      const amounts = [quantity, proceeds, cost, gain, term, disallowed];
      yield [disposedOn, acquiredOn, symbol, name, ...amounts, ids.transactionId, ids.lotId];
    }
  };
  return { title: words.tables.lots, columns, count, totalCurrencies: [currency], rows: () => batchesOf(rows())() };
}

interface Listed {
  readonly words: ReportWords;
  readonly currency: string;
  readonly count: number;
}

function instrumentTable(instruments: InstrumentSums, words: ReportWords, currency: string): Table {
  const { columns: titles } = words;
  const columns: readonly Column[] = [
    { key: 'symbol', title: titles.symbol, kind: 'text', width: 13 },
    { key: 'name', title: titles.name, kind: 'text', width: 40 },
    { key: 'count', title: titles.count, kind: 'quantity', width: 10 },
    { key: 'proceeds', title: titles.proceeds, kind: 'money', width: 16, currency, total: true },
    { key: 'cost', title: titles.cost, kind: 'money', width: 16, currency, total: true },
    { key: 'gain', title: titles.gain, kind: 'money', width: 16, currency, total: true, signed: true },
    { key: 'disallowed', title: titles.disallowed, kind: 'money', width: 14, currency, total: true },
  ];
  const rows = instruments.rows();
  return { title: words.tables.instruments, columns, count: rows.length, totalCurrencies: [currency], rows: batchesOf(rows) };
}
