import type { Bench } from './measure/settings.ts';
import { placeOrder } from './p1-place-order.ts';
import { commitOrders } from './p2-order-desk.ts';
import { getQuote } from './p3-quote.ts';
import { getLists } from './p4-lists.ts';
import { getOhlc } from './p5-ohlc.ts';
import { getSummary } from './p6-summary.ts';
import { measurePerformance } from './p7-performance.ts';
import { stayResponsive } from './p8-event-loop.ts';
import { importFile } from './p9-import.ts';
import { watchAlerts } from './p11-alerts.ts';
import { matchRestingOrders } from './p12-resting-orders.ts';
import { coldStart } from './p13-start.ts';
import { memory } from './p14-memory.ts';

/** Every row that has a bench, in the order of the table. */
export const rows: Readonly<Record<string, Bench>> = {
  P1: placeOrder,
  P2: commitOrders,
  P3: getQuote,
  P4: getLists,
  P5: getOhlc,
  P6: getSummary,
  P7: measurePerformance,
  P8: stayResponsive,
  P9: importFile,
  P11: watchAlerts,
  P12: matchRestingOrders,
  P13: coldStart,
  P14: memory,
};
