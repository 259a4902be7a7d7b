/** The words that may stand in addresses. */
export const VIEWS = [
  'overview',
  'positions',
  'performance',
  'transactions',
  'orders',
  'income',
  'gains',
  'risk',
  'allocation',
  'quality',
  'reports',
  'settings',
] as const;
export const MEASURES = ['value', 'return', 'drawdown'] as const;
export const ALLOCATIONS = ['assetClass', 'symbol', 'sector', 'country', 'currency'] as const;
export const COST_METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const;
export const TRANSACTION_TYPES = [
  'buy',
  'sell',
  'deposit',
  'withdrawal',
  'dividend',
  'interest',
  'fee',
  'tax',
  'split',
  'transferIn',
  'transferOut',
  'exchange',
  'returnOfCapital',
  'spinOff',
  'merger',
] as const;
export const ASSET_CLASSES = ['stock', 'etf', 'bond', 'fund', 'crypto', 'index', 'cash', 'other'] as const;
export const RANGES = ['1D', '1W', '1M', '3M', 'YTD', '1Y', '5Y', 'All'] as const;
export const PERIODS = ['1M', '3M', 'YTD', '1Y', '3Y', '5Y', 'All'] as const;
