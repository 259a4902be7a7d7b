import { Type } from 'typebox';
import { Closed, Currency, Id, Nullable, Symbol } from '../shapes.ts';

export const Stock = Closed({
  id: Id,
  symbol: Symbol,
  name: Type.String(),
  exchange: Nullable(Type.String()),
  currency: Currency,
  is_active: Type.Boolean(),
});

export const stockExample = {
  id: '01980a5e-7c1e-7000-8000-00000000a001',
  symbol: 'AAPL',
  name: 'Apple Inc.',
  exchange: 'NASDAQ',
  currency: 'USD',
  is_active: true,
};
