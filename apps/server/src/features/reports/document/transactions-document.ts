/** What happened in a portfolio, oldest first, and what it comes to by type. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { ReportWords } from '../words/report-words.ts';
import { documentHead } from './document-head.ts';
import { batchesOf } from './report-document.ts';
import type { Column, ReportDocument, Row, Table } from './report-document.ts';
import type { ReportHeading, TransactionsContent } from './report-input.ts';
import type { TransactionCursor, TypeSum } from './transaction-cursor-store.ts';

export async function transactionsDocument(
  heading: ReportHeading,
  { names }: TransactionsContent,
  cursor: TransactionCursor,
): Promise<ReportDocument> {
  const { head, words } = documentHead(heading);
  const sums = await cursor.sums();
  const { sentences, columns, figures, tables } = words;
  return {
    ...head,
    figures: [{ label: figures.count, value: String(countOf(sums)), kind: 'quantity' }],
    charts: [],
    tables: [rowTable({ words, names, sums }, cursor), sumTable(sums, words)],
    methods: [
      { name: columns.cashEffect, sentence: sentences.cashEffect },
      { name: columns.realizedGain, sentence: sentences.realizedGainOfSale },
      { name: tables.totals, sentence: sentences.totalsByType },
    ],
  };
}

interface Listed {
  readonly words: ReportWords;
  readonly names: TransactionsContent['names'];
  readonly sums: readonly TypeSum[];
}

const CURRENCY = 6;

function rowTable({ words, names, sums }: Listed, cursor: TransactionCursor): Table {
  const { columns: titles } = words;
  const currency = CURRENCY;
  const columns: readonly Column[] = [
    { key: 'tradedAt', title: titles.at, kind: 'instant', width: 20 },
    { key: 'type', title: titles.type, kind: 'text', width: 12, words: words.types },
    { key: 'symbol', title: titles.symbol, kind: 'text', width: 12 },
    { key: 'name', title: titles.name, kind: 'text', width: 26, filesOnly: true },
    { key: 'quantity', title: titles.quantity, kind: 'quantity', width: 13 },
    { key: 'price', title: titles.price, kind: 'price', width: 13, currency },
    { key: 'currency', title: titles.currency, kind: 'text', width: 12 },
    { key: 'amount', title: titles.amount, kind: 'money', width: 14, currency },
    { key: 'fee', title: titles.fee, kind: 'money', width: 11, currency, total: true },
    { key: 'tax', title: titles.tax, kind: 'money', width: 11, currency, total: true },
    { key: 'cashEffect', title: titles.cashEffect, kind: 'money', width: 15, currency, total: true, signed: true, isFlow: true },
    { key: 'realizedGain', title: titles.realizedGain, kind: 'money', width: 14, currency, total: true, signed: true },
    { key: 'note', title: titles.note, kind: 'text', width: 18 },
    { key: 'source', title: titles.source, kind: 'text', width: 10, filesOnly: true },
    { key: 'recordedAt', title: titles.recordedAt, kind: 'instant', width: 20, filesOnly: true },
    { key: 'id', title: titles.transactionId, kind: 'text', width: 26, filesOnly: true },
  ];
  const rows = async function* (): AsyncIterable<readonly Row[]> {
    for await (const batch of cursor.rows()) {
      yield batch.map((row): Row => {
        const named = row.instrument_key === null ? undefined : names[row.instrument_key];
        const what = [row.traded_at.getTime(), row.type, named?.symbol ?? null, named?.name ?? null];
        const money = [plain(row.amount), plain(row.fee), plain(row.tax), plain(row.cash_effect), plain(row.realized_gain)];
        return [
          ...what,
          plain(row.quantity),
          plain(row.price),
          row.currency,
          ...money,
          row.note,
          row.source,
          row.recorded_at.getTime(),
          row.id,
        ];
      });
    }
  };
  return { title: words.tables.transactions, columns, count: countOf(sums), totalCurrencies: currenciesOf(sums), rows };
}

function sumTable(sums: readonly TypeSum[], words: ReportWords): Table {
  const { columns: titles } = words;
  const currency = 1;
  const columns: readonly Column[] = [
    { key: 'type', title: titles.type, kind: 'text', width: 20, words: words.types },
    { key: 'currency', title: titles.currency, kind: 'text', width: 10 },
    { key: 'count', title: titles.count, kind: 'quantity', width: 10 },
    { key: 'amount', title: titles.amount, kind: 'money', width: 18, currency },
    { key: 'fee', title: titles.fee, kind: 'money', width: 14, currency, total: true },
    { key: 'tax', title: titles.tax, kind: 'money', width: 14, currency, total: true },
    { key: 'cashEffect', title: titles.cashEffect, kind: 'money', width: 18, currency, total: true, signed: true, isFlow: true },
    { key: 'realizedGain', title: titles.realizedGain, kind: 'money', width: 16, currency, total: true, signed: true },
  ];
  const rows = sums.map(({ type, currency: of, count, amount, fee, tax, cash_effect, realized_gain }): Row => {
    const money = [amount, fee, tax, cash_effect, realized_gain].map(plain);
    return [type, of, String(count), ...money];
  });
  return { title: words.tables.totals, columns, count: rows.length, totalCurrencies: currenciesOf(sums), rows: batchesOf(rows) };
}

function countOf(sums: readonly TypeSum[]): number {
  return sums.reduce((all, { count }) => all + count, 0);
}

function currenciesOf(sums: readonly TypeSum[]): readonly string[] {
  return [...new Set(sums.map(({ currency }) => currency))].sort();
}

/** Without the zeros that the column's type adds. */
function plain(text: string | null): string | null {
  return text === null ? null : formatDecimal(decimal(text));
}
