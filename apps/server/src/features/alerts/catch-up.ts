/** Looks at what the market did while nobody looked: from the last look at each instrument on, bar by bar. */
import { seriesName } from '@holdfast/engine/alerts';
import type { Clock } from '../../platform/clock.ts';
import type { PriceHistory } from '../bars/index.ts';
import { MANUAL_SOURCE } from '../instruments/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { seriesSymbol } from './alert.ts';
import type { AlertWatch } from './alert-watch.ts';
import { intervalFor } from './known-market.ts';

export interface CatchUpNeeds {
  readonly clock: Clock;
  readonly instruments: Pick<InstrumentBook, 'byKey'>;
  readonly quotes: Pick<QuoteBoard, 'quoteOf'>;
  readonly history: Pick<PriceHistory, 'bars'>;
  readonly watch: AlertWatch;
}

/** Less than this is no gap: ticks come about so often. */
const GAP_MS = 60_000;

/** Looks at the bars since the last look at each watched instrument, and at its newest quote. */
export async function catchUp(needs: CatchUpNeeds): Promise<void> {
  const { watch, quotes, instruments, clock } = needs;
  const seenAt = new Map(watch.index.marks().map(({ series, at }) => [series, at]));
  for (const key of [...watch.instrumentKeys.keys()]) {
    const instrument = instruments.byKey(key);
    if (instrument === null) continue;
    const lastAt = seenAt.get(seriesName.price(seriesSymbol(key)));
    // Prices that somebody enters for days gone by are no market that moved meanwhile.
    const isGap = lastAt !== undefined && instrument.source !== MANUAL_SOURCE && clock.now() - lastAt > GAP_MS;
    if (isGap) await lookAtBars(needs, { key, lastAt });
    const quote = quotes.quoteOf(key);
    if (quote !== null && quote.at > (lastAt ?? Number.NEGATIVE_INFINITY)) watch.onQuotes([quote]);
  }
}

async function lookAtBars(
  { watch, history, instruments, clock }: CatchUpNeeds,
  { key, lastAt }: { readonly key: number; readonly lastAt: number },
): Promise<void> {
  const instrument = instruments.byKey(key);
  const now = clock.now();
  const { interval, lengthMs } = intervalFor(now - lastAt);
  if (instrument === null) return;
  const bars = await history.bars(instrument, { interval, fromMs: lastAt - lengthMs + 1, toMs: now });
  for (const { startAt, high, low, close } of bars) {
    const at = Math.min(startAt + lengthMs, now);
    if (at <= lastAt) continue;
    const look = { symbol: seriesSymbol(key), at, fromAt: startAt, value: close, high, low };
    watch.take(watch.index.tick(look), { sample: `${interval}:${startAt}` });
  }
}
