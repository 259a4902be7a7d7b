/** The standing alerts of a server: the index, the version of each alert in it, and what their answers become. */
import { createAlertIndex } from '@holdfast/engine/alerts';
import type { AlertEvent, AlertIndex, AlertMemory, Condition, KnownMarket, SeriesMark } from '@holdfast/engine/alerts';
import { decimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { newId } from '../../platform/ids.ts';
import type { Quote } from '../quotes/index.ts';
import { standingAlert } from './alert.ts';
import { tickOf } from './watched-prices.ts';
import type { Firing, WatchedRow } from './watch-store.ts';

export interface WatchedAlert {
  readonly id: string;
  readonly condition: Condition;
  readonly instrumentKey: number | null;
  readonly portfolioId: string | null;
  /** Of a member of an alert on a watchlist: that alert. */
  readonly parentId: string | null;
  readonly askedAt: number;
  /** The version that the next answer counts for. */
  version: number;
}

/** Those that ask about a portfolio, those that wait for complete bars, and those whose knowledge of the market is renewed daily. */
export type WatchKind = 'portfolio' | 'indicator' | 'daily';

/** How an alert enters the index. */
export interface Entry {
  readonly watched: WatchedRow;
  readonly known: KnownMarket;
  /** When it fired lately. */
  readonly firedAt: readonly number[];
  /** It was asked just now: nobody has looked for it, whatever its series has seen. */
  readonly isNew: boolean;
}

export interface AlertWatch {
  readonly size: number;
  readonly index: AlertIndex;
  find(alertId: string): WatchedAlert | null;
  put(entry: Entry): void;
  remove(alertId: string): void;
  /** The alerts that no tick is enough for. */
  of(kind: WatchKind): Iterable<WatchedAlert>;
  /** Instruments whose ticks somebody waits for. */
  readonly instrumentKeys: ReadonlyMap<number, number>;
  onQuotes(quotes: readonly Quote[]): void;
  /** Takes the answers of a look at any series. */
  take(events: readonly AlertEvent[], look: { readonly sample: string; readonly price?: Decimal }): void;
}

export function createAlertWatch(marks: readonly SeriesMark[], onFired: (firings: readonly Firing[]) => void): AlertWatch {
  const index = createAlertIndex(marks);
  const watched = new Map<string, WatchedAlert>();
  const instrumentKeys = new Map<number, number>();
  const seen = new Map<number, Quote>();
  const byKind: Readonly<Record<WatchKind, Map<string, WatchedAlert>>> = { portfolio: new Map(), indicator: new Map(), daily: new Map() };
  const remove = (alertId: string): void => {
    const alert = watched.get(alertId);
    if (alert === undefined) return;
    watched.delete(alertId);
    for (const kind of kindsOf(alert)) byKind[kind].delete(alertId);
    index.remove(alertId);
    if (alert.instrumentKey !== null) count(instrumentKeys, alert.instrumentKey, -1);
  };
  const take: AlertWatch['take'] = (events, { sample, price }) => {
    const firings = events.flatMap((event): Firing[] => {
      const alert = watched.get(event.alertId);
      if (alert === undefined) return [];
      const { alertId: _, price: seenPrice, ...values } = event;
      const firing = {
        ...values,
        id: newId(event.at),
        alertId: alert.id,
        parentId: alert.parentId,
        version: alert.version,
        sample,
        price: seenPrice ?? price ?? null,
      };
      // The answer makes a new version when it is written; what is answered meanwhile builds on it.
      alert.version += 1;
      return [firing];
    });
    if (firings.length > 0) onFired(firings);
  };
  return {
    index,
    instrumentKeys,
    get size() {
      return watched.size;
    },
    find: (alertId) => watched.get(alertId) ?? null,
    put(entry) {
      const { row, move } = entry.watched;
      remove(row.id);
      const alert = standingAlert(row, move);
      const { id, version, instrument_key: instrumentKey, portfolio_id: portfolioId, parent_id: parentId } = row;
      const entered = { id, condition: alert.condition, instrumentKey, portfolioId, parentId, askedAt: alert.createdAt, version };
      watched.set(id, entered);
      for (const kind of kindsOf(entered)) byKind[kind].set(id, entered);
      if (instrumentKey !== null) count(instrumentKeys, instrumentKey, 1);
      index.add(alert, memoryOf(entry));
    },
    remove,
    of: (kind) => byKind[kind].values(),
    onQuotes(quotes) {
      for (const quote of quotes) {
        if (!instrumentKeys.has(quote.instrumentKey)) continue;
        const events = index.tick(tickOf(quote, seen.get(quote.instrumentKey) ?? null));
        seen.set(quote.instrumentKey, quote);
        if (events.length > 0) take(events, { sample: `${quote.source}:${quote.number}` });
      }
    },
    take,
  };
}

function kindsOf({ condition: { kind }, portfolioId }: WatchedAlert): readonly WatchKind[] {
  if (portfolioId !== null) return ['portfolio'];
  if (kind === 'averageCross' || kind === 'rsiCross') return ['indicator'];
  return kind === 'newHigh' || kind === 'newLow' || kind === 'significantMove' ? ['daily'] : [];
}

/** An alert that was asked anew after it fired has forgotten that. */
function memoryOf({ watched: { row }, known, firedAt, isNew }: Entry): AlertMemory {
  const lastFiredAt = row.last_fired_at === null || row.last_fired_at < row.asked_at ? null : row.last_fired_at.getTime();
  return {
    known,
    ...(row.last_value === null ? {} : { lastValue: decimal(row.last_value) }),
    lastAt: lastFiredAt ?? row.asked_at.getTime(),
    ...(isNew ? { unseen: true } : {}),
    ...(lastFiredAt === null ? { firedAt: [] } : { firedAt: firedAt.length > 0 ? firedAt : [lastFiredAt], seenAt: lastFiredAt }),
  };
}

function count(counts: Map<number, number>, key: number, by: number): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next > 0) counts.set(key, next);
  else counts.delete(key);
}
