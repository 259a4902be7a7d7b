import { formatDecimal, formatMoney } from '@holdfast/engine/money';
import type { Refusal } from '@holdfast/engine/orders';
import { AppError } from '../../platform/http/index.ts';

/** A refusal of the engine as an answer: it names the thing, the figure and the way out. */
export function refusalError(refusal: Refusal, subject: { readonly symbol: string; readonly currency: string }): AppError {
  const { symbol, currency } = subject;
  switch (refusal.code) {
    case 'insufficient_cash': {
      const extras = { needed: formatDecimal(refusal.needed), available: formatDecimal(refusal.available), currency: refusal.currency };
      const [needed, available] = [formatMoney(refusal.needed, refusal.currency), formatMoney(refusal.available, refusal.currency)];
      return new AppError(
        'insufficient_cash',
        `This needs ${needed} and the portfolio has ${available} free. Lower the quantity or deposit cash.`,
        extras,
      );
    }
    case 'insufficient_position': {
      const extras = { needed: formatDecimal(refusal.needed), available: formatDecimal(refusal.available) };
      return new AppError(
        'insufficient_position',
        `The order sells ${extras.needed} ${symbol} and ${extras.available} are free to sell. Lower the quantity or cancel open sell orders.`,
        extras,
      );
    }
    case 'market_closed': {
      const opens = refusal.opensAt === null ? '' : ` It opens at ${new Date(refusal.opensAt).toISOString()}.`;
      return new AppError(
        'market_closed',
        `The market of ${symbol} is closed.${opens} A limit order for the day or until canceled can wait.`,
      );
    }
    case 'no_quote':
      return new AppError('no_quote', `There is no price of ${symbol} to trade on.`);
    case 'stale_quote':
      return new AppError(
        'stale_quote',
        `The price of ${symbol} is ${Math.round(refusal.ageMs / 1000)} s old, too old for a market order. Use a limit order.`,
      );
    case 'tick_size':
      return new AppError(
        'tick_size',
        `${symbol} is priced in steps of ${formatDecimal(refusal.tickSize)}; ${formatDecimal(refusal.price)} is between two.`,
      );
    case 'stop_reached': {
      const [stop, price] = [formatDecimal(refusal.stopPrice), formatDecimal(refusal.price)];
      const side = refusal.side === 'sell' ? 'below' : 'above';
      return new AppError(
        'stop_reached',
        `${symbol} trades at ${price}, so the stop at ${stop} is reached already. Place it ${side} the price, or use a market order.`,
      );
    }
    case 'instrument_inactive':
      return new AppError('instrument_inactive', `${symbol} is not traded any more.`);
    case 'order_too_large':
      return new AppError('order_too_large', `The most that one order takes is ${formatDecimal(refusal.limit)}.`);
    case 'order_too_small':
      return new AppError(
        'order_too_small',
        `The order comes to less than ${formatDecimal(refusal.limit)} ${symbol}. Raise the quantity or amount.`,
      );
    case 'no_exchange_rate':
      return new AppError(
        'no_exchange_rate',
        `There is no exchange rate from ${refusal.from} to ${refusal.to}, so the order in ${currency} cannot be paid.`,
      );
    case 'too_many_open_orders':
      return new AppError('too_many_open_orders', `A portfolio keeps at most ${refusal.limit} open orders. Cancel some first.`);
    case 'order_final':
      return new AppError('order_final', `The order is ${refusal.status} and cannot be changed.`);
  }
}
