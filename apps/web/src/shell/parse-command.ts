import { readDecimal } from '../ui/figures/read-decimal.ts';

/** What a typed sentence asks for. */
export type Command =
  | {
      readonly kind: 'order';
      readonly side: 'buy' | 'sell';
      readonly quantity: string;
      readonly symbol: string;
      readonly limit: string | null;
    }
  | { readonly kind: 'theme'; readonly theme: 'light' | 'dark' | 'system' };

const SIDES: Record<string, 'buy' | 'sell'> = {
  buy: 'buy',
  sell: 'sell',
  kaufe: 'buy',
  kaufen: 'buy',
  verkaufe: 'sell',
  verkaufen: 'sell',
};
const THEMES: Record<string, 'light' | 'dark' | 'system'> = {
  light: 'light',
  dark: 'dark',
  system: 'system',
  hell: 'light',
  dunkel: 'dark',
};

/** Understands "buy 10 aapl", "sell 5 msft 430", "kaufe 10 aapl zu 225,50" and "dark". Null for everything else. */
export function parseCommand(typed: string, locale: string): Command | null {
  const words = typed
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== 'at' && word !== 'zu' && word !== '@');
  const [first = '', amount = '', symbol = '', price, ...more] = words;
  const theme = THEMES[first];
  if (theme !== undefined && words.length === 1) return { kind: 'theme', theme };
  const side = SIDES[first];
  if (side === undefined || more.length > 0 || !/^[a-z0-9^][a-z0-9.^=_&-]{0,31}$/.test(symbol)) return null;
  const quantity = readDecimal(amount, locale);
  const limit = price === undefined ? null : readDecimal(price, locale);
  if (quantity === null || quantity.startsWith('-') || (price !== undefined && limit === null)) return null;
  return { kind: 'order', side, quantity, symbol: symbol.toUpperCase(), limit };
}
