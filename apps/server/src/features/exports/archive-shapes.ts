/** What an archive must look like to be brought in. What an export says beyond this is for people and other programs. */
import { ALERT_CONDITIONS, AlertInput } from '@holdfast/contract/alerts';
import { putBondTerms } from '@holdfast/contract/bonds';
import { DocumentFields } from '@holdfast/contract/documents';
import { createInstrument } from '@holdfast/contract/instruments';
import { createPortfolio } from '@holdfast/contract/portfolios';
import { TRANSACTION_TYPES } from '@holdfast/contract/transactions';
import { Type } from 'typebox';
import type { Static } from 'typebox';

const maybe = <const Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const OneOf = <const Word extends string>(words: readonly Word[]) => Type.Unsafe<Word>({ type: 'string', enum: words });
const Id = Type.String({ format: 'uuid', maxLength: 36 });
const Figure = Type.String({ pattern: '^-?\\d{1,20}(\\.\\d{1,18})?$', maxLength: 40 });
const Name = Type.String({ maxLength: 200 });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', maxLength: 10 });
const Instant = Type.String({ format: 'date-time', maxLength: 30 });
const opening = createPortfolio.body.properties;
const listing = createInstrument.body.properties;

export const ArchiveManifest = Type.Object({
  format: Type.String({ maxLength: 100 }),
  version: Type.Integer(),
  files: Type.Array(
    Type.Object({
      path: Type.String({ minLength: 1, maxLength: 600 }),
      byteCount: Type.Integer({ minimum: 0 }),
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 }),
    }),
    { maxItems: 65_000 },
  ),
});

export const ArchivedInstruments = Type.Array(
  Type.Object({
    symbol: listing.symbol,
    knownAs: Type.String({ minLength: 1, maxLength: 80 }),
    name: listing.name,
    exchange: maybe(Name),
    assetClass: listing.assetClass,
    currency: listing.currency,
    sector: maybe(Name),
    country: maybe(Name),
    isin: maybe(Name),
    tickSize: maybe(Figure),
    status: OneOf(['active', 'inactive']),
    bondTerms: maybe(putBondTerms.body),
    prices: Type.Array(Type.Object({ day: Day, price: Figure }), { maxItems: 100_000 }),
  }),
  { maxItems: 1_000 },
);
export type ArchivedInstrument = Static<typeof ArchivedInstruments>[number];

export const ArchivedPortfolios = Type.Array(
  Type.Object({
    id: Id,
    name: opening.name,
    description: Type.String({ maxLength: 10_000 }),
    kind: OneOf(['tracked', 'paper']),
    cashMode: OneOf(['full', 'implied']),
    baseCurrency: Type.String({ minLength: 3, maxLength: 3 }),
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    costMethod: OneOf(['average', 'fifo', 'lifo', 'hifo', 'specific']),
    isDefault: Type.Boolean(),
    archivedAt: maybe(Instant),
    targets: Type.Array(
      Type.Object({
        by: OneOf(['symbol', 'assetClass', 'sector', 'country', 'currency']),
        key: Type.String({ minLength: 1, maxLength: 200 }),
        target: Figure,
      }),
      { maxItems: 5_000 },
    ),
  }),
  { maxItems: 1_000 },
);
export type ArchivedPortfolio = Static<typeof ArchivedPortfolios>[number];

export const ArchivedTransactions = Type.Array(
  Type.Object({
    id: Id,
    type: OneOf(TRANSACTION_TYPES),
    symbol: maybe(Type.String({ minLength: 1, maxLength: 80 })),
    quantity: maybe(Figure),
    price: maybe(Figure),
    amount: Figure,
    currency: Type.String({ minLength: 3, maxLength: 3 }),
    fee: Figure,
    tax: Figure,
    note: maybe(Type.String({ maxLength: 1_000 })),
    tradedAt: Instant,
    counterAmount: Type.Optional(Figure),
    counterCurrency: Type.Optional(Type.String({ minLength: 3, maxLength: 3 })),
    newShares: Type.Optional(Figure),
    oldShares: Type.Optional(Figure),
    newSymbol: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    costShare: Type.Optional(Figure),
    baseCost: Type.Optional(Figure),
    acquiredOn: Type.Optional(Day),
    baseRate: Type.Optional(Figure),
    lots: Type.Optional(Type.Array(Type.Object({ lotId: Id, quantity: Figure }), { maxItems: 1_000 })),
  }),
  { maxItems: 200_000 },
);
export type ArchivedTransaction = Static<typeof ArchivedTransactions>[number];

export const ArchivedWatchlists = Type.Array(
  Type.Object({
    name: Type.String({ minLength: 1, maxLength: 100 }),
    note: Type.String({ maxLength: 10_000 }),
    isDefault: Type.Boolean(),
    items: Type.Array(
      Type.Object({
        symbol: Type.String({ minLength: 1, maxLength: 80 }),
        note: Type.String({ maxLength: 10_000 }),
        targetPrice: maybe(Figure),
      }),
      { maxItems: 500 },
    ),
  }),
  { maxItems: 1_000 },
);
export type ArchivedWatchlist = Static<typeof ArchivedWatchlists>[number];

const asked = AlertInput.properties;
export const ArchivedAlerts = Type.Array(
  Type.Object({
    condition: OneOf(ALERT_CONDITIONS),
    symbol: maybe(Type.String({ minLength: 1, maxLength: 80 })),
    portfolioId: maybe(Id),
    watchlistName: Type.Optional(maybe(Type.String({ maxLength: 100 }))),
    threshold: maybe(Figure),
    direction: maybe(OneOf(['up', 'down', 'either'])),
    window: maybe(Type.String({ maxLength: 5 })),
    reference: maybe(Figure),
    average: maybe(OneOf(['sma', 'ema'])),
    period: maybe(Type.Integer({ minimum: 2, maximum: 500 })),
    interval: maybe(OneOf(['5m', '15m', '1h', '1d'])),
    sigmas: maybe(Figure),
    repeat: OneOf(['once', 'recurring']),
    cooldownSeconds: Type.Integer({ minimum: 0, maximum: 31_536_000 }),
    channels: asked.channels,
    expiresAt: maybe(Instant),
    note: Type.String({ maxLength: 500 }),
    status: OneOf(['active', 'fired', 'paused', 'expired']),
  }),
  { maxItems: 1_000 },
);
export type ArchivedAlert = Static<typeof ArchivedAlerts>[number];

const notes = DocumentFields.properties;
export const ArchivedDocuments = Type.Array(
  Type.Object({
    path: maybe(Type.String({ minLength: 1, maxLength: 600 })),
    documentId: Id,
    version: Type.Integer({ minimum: 1 }),
    fileName: Type.String({ minLength: 1, maxLength: 500 }),
    kind: notes.kind,
    name: notes.name,
    note: maybe(Type.String({ maxLength: 10_000 })),
    taxYear: maybe(Type.Integer({ minimum: 1900, maximum: 2200 })),
    portfolioId: maybe(Id),
  }),
  { maxItems: 65_000 },
);
export type ArchivedDocument = Static<typeof ArchivedDocuments>[number];
