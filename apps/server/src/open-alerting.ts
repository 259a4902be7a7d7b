/** Alerts and margins over market, portfolios and notifications, wired for app.ts. */
import type { Platform } from './app.ts';
import { openAlerts } from './features/alerts/index.ts';
import type { Alerts } from './features/alerts/index.ts';
import { openMargin } from './features/margin/index.ts';
import type { Market } from './open-market.ts';
import type { Messages } from './open-messages.ts';
import type { Trading } from './open-trading.ts';

export function openAlerting(
  { db, clock, bus, logger }: Platform,
  { market, trading, messages }: { readonly market: Market; readonly trading: Trading; readonly messages: Messages },
): Alerts {
  const valuation = { db, clock, instruments: market.instruments.book, quotes: market.quotes.board, rates: market.rates };
  const watching = { ...valuation, states: trading.states, notifier: messages.notifier };
  const alerts = openAlerts({
    ...watching,
    bus,
    history: market.history,
    desk: trading.desk,
    news: trading.news,
    onError: (error) => logger.error({ err: error }, 'alerts could not be watched'),
  });
  return { ...alerts, jobs: [...alerts.jobs, ...openMargin(watching).jobs] };
}
