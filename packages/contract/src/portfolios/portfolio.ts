import { Type } from 'typebox';
import { Closed, Currency, Exact, ExactInput, Id, Instant, Nullable, OneOf } from '../shapes.ts';

export const PortfolioKind = OneOf(['tracked', 'paper'], {
  description: 'tracked: recorded by hand or import. paper: traded here with virtual cash.',
});
export const CashMode = OneOf(['full', 'implied'], {
  description: 'full: the portfolio keeps a cash balance. implied: every purchase is also an inflow and every sale an outflow of that day.',
});
export const CostMethod = OneOf(['average', 'fifo', 'lifo', 'hifo', 'specific'], {
  description: 'Which purchases a sale uses up. specific: those that a sale names, else the oldest; tracked portfolios only.',
});

export const CashBalance = Closed({ currency: Currency, balance: Exact, reserved: Exact, available: Exact });

const FillChance = Type.Integer({ minimum: 1, maximum: 100, description: 'For the fill model chance.' });
const FillSeed = Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: 'For the fill model chance.' });

/** How a paper portfolio trades. */
export const TradingSettings = Closed({
  fillModel: OneOf(['instant', 'sizeAware', 'chance'], {
    description:
      'instant: whole orders at the quote. sizeAware: at most the quoted size, the rest waits. chance: each quote fills with a probability, the same for the same seed.',
  }),
  fillChancePercent: FillChance,
  fillSeed: FillSeed,
  slippageBasisPoints: Type.Integer({ minimum: 0, maximum: 1_000 }),
  fees: Closed({ fixed: Exact, basisPoints: Type.Number({ minimum: 0, maximum: 1_000 }), minimum: Exact }),
  tradingHours: OneOf(['always', 'exchange']),
  creditLimit: { ...Exact, description: 'How far below zero free cash may go, in the base currency. Borrowing costs nothing.' },
});

export const TradingSettingsInput = Closed({
  fillModel: Type.Optional(OneOf(['instant', 'sizeAware', 'chance'])),
  fillChancePercent: Type.Optional(FillChance),
  fillSeed: Type.Optional(FillSeed),
  slippageBasisPoints: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
  fees: Type.Optional(
    Closed({
      fixed: Type.Optional(ExactInput),
      basisPoints: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000, description: 'At most 2 decimals.' })),
      minimum: Type.Optional(ExactInput),
    }),
  ),
  tradingHours: Type.Optional(OneOf(['always', 'exchange'])),
  creditLimit: Type.Optional(ExactInput),
});

export const Portfolio = Closed({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  kind: PortfolioKind,
  cashMode: CashMode,
  baseCurrency: Currency,
  timeZone: Type.String(),
  costMethod: CostMethod,
  settings: Nullable(TradingSettings),
  isDefault: Type.Boolean(),
  epoch: Type.Integer({ description: 'Rises with each reset of a paper portfolio.' }),
  cash: Type.Array(CashBalance),
  createdAt: Instant,
  updatedAt: Instant,
  archivedAt: Nullable(Instant),
});

export const examplePortfolio = {
  id: '01980a5e-7c1e-7000-8000-00000000a001',
  name: 'Practice',
  description: '',
  kind: 'paper' as const,
  cashMode: 'full' as const,
  baseCurrency: 'USD',
  timeZone: 'UTC',
  costMethod: 'average' as const,
  settings: {
    fillModel: 'instant' as const,
    fillChancePercent: 50,
    fillSeed: 1,
    slippageBasisPoints: 0,
    fees: { fixed: '0', basisPoints: 0, minimum: '0' },
    tradingHours: 'always' as const,
    creditLimit: '0',
  },
  isDefault: false,
  epoch: 1,
  cash: [{ currency: 'USD', balance: '100000', reserved: '0', available: '100000' }],
  createdAt: '2026-01-05T14:30:00.000Z',
  updatedAt: '2026-01-05T14:30:00.000Z',
  archivedAt: null,
};
