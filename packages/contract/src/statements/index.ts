/** Statements on the wire: a broker's file of transactions, looked at before it is recorded. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Currency, Exact, Id, Items, Nullable, OneOf, Symbol } from '../shapes.ts';
import { TRANSACTION_TYPES } from '../transactions/index.ts';

export const STATEMENT_FORMATS = [
  'ghostfolio-json',
  'ghostfolio-csv',
  'portfolio-performance',
  'interactive-brokers-flex',
  'interactive-brokers-flex-csv',
  'interactive-brokers-activity',
  'schwab',
  'fidelity',
  'degiro',
  'degiro-transactions',
  'trading-212',
  'sharesight',
  'yahoo-finance',
  'generic',
] as const;

const Format = OneOf(STATEMENT_FORMATS);
const Count = Type.Integer({ minimum: 0 });
const Column = Type.String({ minLength: 1, maxLength: 200 });

/** How a CSV that no format knows is read. */
export const ColumnMapping = Closed(
  {
    columns: Closed({
      date: Type.Optional(Column),
      type: Type.Optional(Column),
      symbol: Type.Optional(Column),
      isin: Type.Optional(Column),
      name: Type.Optional(Column),
      quantity: Type.Optional(Column),
      price: Type.Optional(Column),
      amount: Type.Optional(Column),
      currency: Type.Optional(Column),
      fee: Type.Optional(Column),
      tax: Type.Optional(Column),
      counterAmount: Type.Optional(Column),
      counterCurrency: Type.Optional(Column),
      id: Type.Optional(Column),
      note: Type.Optional(Column),
    }),
    types: Type.Optional(Type.Record(Type.String({ minLength: 1, maxLength: 100 }), OneOf(TRANSACTION_TYPES), { maxProperties: 100 })),
    dayOrder: Type.Optional(OneOf(['dmy', 'mdy'] as const, { description: 'How 03/04/2025 is meant.' })),
    decimalMark: Type.Optional(OneOf(['.', ','] as const)),
    currency: Type.Optional(Currency),
    zone: Type.Optional(Type.String({ maxLength: 64, description: 'IANA zone of the times in the file.', examples: ['Europe/Vienna'] })),
  },
  {
    description: 'Which column has what, as the header calls it. What is left out is found by common names when no column is given at all.',
  },
);
export type ColumnMapping = Static<typeof ColumnMapping>;

/** From a symbol, ISIN or name as the file writes it to the symbol of an instrument here. */
export const SymbolMapping = Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Symbol, { maxProperties: 1_000 });
export type SymbolMapping = Static<typeof SymbolMapping>;

const OUTCOMES = ['record', 'recorded', 'duplicate', 'unresolved', 'problem', 'passed'] as const;

export const StatementRow = Closed({
  line: Type.Integer({ description: 'From 1, the header included.' }),
  outcome: OneOf(OUTCOMES, {
    description:
      'record: will be recorded. recorded: it was, now. duplicate: is there already, or stands in the file twice. unresolved: names an instrument that is not known. problem: cannot be read or cannot be. passed: is no transaction.',
  }),
  type: Nullable(OneOf(TRANSACTION_TYPES)),
  tradedAt: Nullable(Type.String({ description: 'Day or instant.' })),
  symbol: Nullable(Type.String({ description: 'Of the instrument found.' })),
  writtenAs: Nullable(Type.String({ description: 'What the file calls the instrument: ISIN, symbol or name. The key for `symbols`.' })),
  name: Nullable(Type.String()),
  quantity: Nullable(Exact),
  price: Nullable(Exact),
  amount: Nullable(Exact),
  currency: Nullable(Type.String()),
  fee: Nullable(Exact),
  tax: Nullable(Exact),
  counterAmount: Nullable(Exact),
  counterCurrency: Nullable(Type.String()),
  column: Nullable(Type.String({ description: 'Where the problem is; null when it is the row as a whole.' })),
  message: Nullable(Type.String({ description: 'What is wrong and what to do, or why the row is left out.' })),
  transactionId: Nullable(Type.String({ description: 'What it was recorded as, or is the duplicate of.' })),
});
export type StatementRow = Static<typeof StatementRow>;

export const Statement = Closed({
  id: Id,
  portfolioId: Id,
  fileName: Type.String(),
  format: Format,
  formatTitle: Type.String(),
  status: OneOf(['previewed', 'done'] as const),
  mapping: Nullable(ColumnMapping),
  columns: Type.Array(Type.String(), { description: 'What the columns of a CSV of no particular broker are called, for a mapping.' }),
  counts: Closed({ record: Count, recorded: Count, duplicate: Count, unresolved: Count, problem: Count, passed: Count }),
  totals: Closed({
    types: Type.Array(Closed({ type: OneOf(TRANSACTION_TYPES), count: Count })),
    cash: Type.Array(Closed({ currency: Nullable(Type.String()), amount: Exact }), {
      description: 'What the rows that are recorded move in cash.',
    }),
  }),
  unresolved: Type.Array(
    Closed({
      writtenAs: Type.String(),
      symbol: Nullable(Type.String()),
      isin: Nullable(Type.String()),
      name: Nullable(Type.String()),
      currency: Nullable(Type.String()),
      rows: Count,
      reason: Type.String(),
    }),
    { description: 'Instruments to be named in `symbols`, or made as private ones first.' },
  ),
  rows: Type.Array(StatementRow),
});
export type Statement = Static<typeof Statement>;

const tag = 'imports';
const row: StatementRow = {
  line: 2,
  outcome: 'record',
  type: 'buy',
  tradedAt: '2025-01-06',
  symbol: 'AAPL',
  writtenAs: 'AAPL',
  name: 'APPLE INC',
  quantity: '10',
  price: '230.1',
  amount: '2301',
  currency: 'USD',
  fee: '0',
  tax: '0',
  counterAmount: null,
  counterCurrency: null,
  column: null,
  message: null,
  transactionId: null,
};
const example: Statement = {
  id: '01936b2e-7c00-7000-8000-0000000000d2',
  portfolioId: examplePortfolio.id,
  fileName: 'History_for_Account.csv',
  format: 'fidelity',
  formatTitle: 'Fidelity',
  status: 'previewed',
  mapping: null,
  columns: [],
  counts: { record: 1, recorded: 0, duplicate: 0, unresolved: 0, problem: 0, passed: 0 },
  totals: { types: [{ type: 'buy', count: 1 }], cash: [{ currency: 'USD', amount: '-2301' }] },
  unresolved: [],
  rows: [row],
};

export const importStatement = route({
  name: 'importStatement',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/imports',
  tag,
  summary: 'Import a broker’s file of transactions into a tracked portfolio.',
  description: `CSV, XML or JSON as the broker exports it; the format is recognised unless it is named. With \`dryRun=true\` nothing is recorded: the answer says of each row what would become of it, and POST /imports/{id}/confirm records them. Without, the file is recorded at once, or refused when a row has a problem or names an unknown instrument. All rows or none; rows that are there already are left out, so the same file a second time changes nothing.`,
  access: 'user',
  scope: 'write',
  params: Closed({ id: Id }),
  query: Closed({ dryRun: Type.Optional(Type.Boolean({ default: false })) }),
  upload: 'multipart',
  body: Closed({
    file: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary', description: 'At most 16 MiB and 20,000 rows.' }),
    format: Type.Optional(Format),
    mapping: Type.Optional(Type.String({ description: 'JSON, a ColumnMapping. Remembered for your files with the same header.' })),
    symbols: Type.Optional(Type.String({ description: 'JSON: {"as written in the file":"SYMBOL"}.' })),
  }),
  answers: { 200: Statement, 201: Statement },
  errors: ['portfolio_kind', 'portfolio_archived', 'no_exchange_rate'],
  idempotent: 'by-the-desk',
  timeoutMs: 120_000,
  example: { params: { id: examplePortfolio.id }, query: { dryRun: true }, answer: example },
});

export const getStatement = route({
  name: 'getStatement',
  method: 'GET',
  path: '/api/v1/imports/{id}/statement',
  tag,
  summary: 'A broker’s file as it stands now: what each row would become.',
  description:
    'Worked out anew: what was recorded since makes rows duplicates. Kept for a day; a recorded one says its counts and no rows.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  answers: { 200: Statement },
  errors: [],
  timeoutMs: 120_000,
  example: { params: { id: example.id }, answer: example },
});

export const confirmStatement = route({
  name: 'confirmStatement',
  method: 'POST',
  path: '/api/v1/imports/{id}/confirm',
  tag,
  summary: 'Record a broker’s file that was looked at.',
  description:
    'All rows or none, in one database transaction. With a row that has a problem or names an unknown instrument it is refused, unless `leaveOut` says that those stay out.',
  access: 'user',
  scope: 'write',
  params: Closed({ id: Id }),
  body: Closed({ symbols: Type.Optional(SymbolMapping), leaveOut: Type.Optional(OneOf(['problems'] as const)) }),
  answers: { 200: Statement },
  errors: ['portfolio_archived', 'conflict', 'no_exchange_rate'],
  idempotent: 'replayed',
  timeoutMs: 300_000,
  example: {
    params: { id: example.id },
    body: { symbols: { 'AAPL US': 'AAPL' } },
    answer: {
      ...example,
      status: 'done',
      counts: { ...example.counts, record: 0, recorded: 1 },
      rows: [{ ...row, outcome: 'recorded', transactionId: '01980a5e-7c1e-7000-8000-00000000b002' }],
    },
  },
});

export const listStatementFormats = route({
  name: 'listStatementFormats',
  method: 'GET',
  path: '/api/v1/statement-formats',
  tag,
  summary: 'The brokers and programs whose files can be imported.',
  access: 'user',
  scope: 'read',
  answers: { 200: Items(Closed({ format: Format, title: Type.String() })) },
  errors: [],
  example: { answer: { items: [{ format: 'fidelity', title: 'Fidelity' }] } },
});

export const statementRoutes: readonly Route[] = [importStatement, getStatement, confirmStatement, listStatementFormats];
