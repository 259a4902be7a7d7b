import type { Decimal } from '../money/index.ts';
import { isExpired, isSilent, recordFiring, type Alert, type AlertEvent } from './alert.ts';
import { legsOf, type KnownMarket, type Leg } from './condition.ts';
import { isBeyond, type LegEntry, type Look } from './level-book.ts';
import { createSeriesTable, type Series, type Shown } from './series-table.ts';

/** What is remembered about an alert from before: when it fired, the last value of what it watches, what the market is known to have done. */
export interface AlertMemory {
  readonly firedAt?: readonly number[] | undefined;
  readonly lastValue?: Decimal | undefined;
  /** When that value was; where the index has seen a later one, that counts. */
  readonly lastAt?: number | undefined;
  /** Up to when the alert's firings are known: looks up to then were taken before, here or elsewhere, and are not taken again. */
  readonly seenAt?: number | undefined;
  readonly known?: KnownMarket | undefined;
  /** True for an alert that nobody has looked for since it was asked, whatever its series has seen; else that is told by the times. */
  readonly unseen?: boolean | undefined;
}

/** A new value of a series, with the extremes since the last one where they are known. */
export interface Observation {
  readonly at: number;
  readonly value: Decimal;
  readonly high?: Decimal | undefined;
  readonly low?: Decimal | undefined;
  /** Since when `high` and `low` count; `at` when left out. */
  readonly fromAt?: number | undefined;
}

/** A new price of an instrument, with the day's volume so far and the close of the day before where they are known. */
export interface MarketTick extends Observation {
  readonly symbol: string;
  readonly volume?: Decimal | undefined;
  readonly previousClose?: Decimal | undefined;
}

/**
 * All standing alerts, kept by what they watch and sorted by level. A tick costs O(log n) per alert it touches, whatever the number of
 * alerts. It opens empty and is filled from what is stored; what it answers is to be stored before it is told to anyone.
 */
export interface AlertIndex {
  /** Adds an alert, or replaces the one of the same id and keeps when that had fired. */
  readonly add: (alert: Alert, memory?: AlertMemory) => void;
  readonly remove: (alertId: string) => void;
  readonly size: () => number;
  /** What each series stood at last, to be remembered for a later start. */
  readonly marks: () => readonly SeriesMark[];
  /** Looks at the price, the day's change, the volume and the windows of one instrument. One event per alert at most. */
  readonly tick: (tick: MarketTick) => readonly AlertEvent[];
  /** Looks at any other series: an indicator, a portfolio. */
  readonly observe: (series: string, observation: Observation) => readonly AlertEvent[];
}

/** The last value of a series and when it was. */
export interface SeriesMark {
  readonly series: string;
  readonly at: number;
  readonly value: Decimal;
}

interface Standing {
  readonly alert: Alert;
  readonly legs: readonly StandingLeg[];
  firedAt: readonly number[];
}

interface StandingLeg extends LegEntry {
  owner: Standing | null;
}

const NO_EVENTS: readonly AlertEvent[] = [];

/** `marks` are what the series stood at when an earlier index was last asked. */
export function createAlertIndex(marks: readonly SeriesMark[] = []): AlertIndex {
  const alerts = new Map<string, Standing>();
  const table = createSeriesTable<StandingLeg>();
  for (const { series, at, value } of marks) Object.assign(table.of(series), { last: value, lastAt: at });
  const remove = (alertId: string): void => {
    const standing = alerts.get(alertId);
    if (standing === undefined) return;
    alerts.delete(alertId);
    for (const leg of standing.legs) leg.standing = false;
  };
  const lookAt = (series: Series<StandingLeg>, look: Look, shown: Shown | null): readonly AlertEvent[] => {
    const passed = series.book.look(look);
    const before = series.last;
    series.last = look.value;
    series.lastAt = look.at;
    if (passed.length === 0) return NO_EVENTS;
    const events: AlertEvent[] = [];
    for (const leg of onePerAlert(passed)) {
      const fired = leg.owner === null ? null : fire(leg.owner, leg, { look, before, shown });
      if (fired === null) continue;
      if (fired.event !== null) events.push(fired.event);
      if (fired.over) remove(fired.alertId);
    }
    return events;
  };
  return {
    add: (alert, memory = {}) => {
      const firedAt = memory.firedAt ?? alerts.get(alert.id)?.firedAt ?? [];
      remove(alert.id);
      const legs = legsOf(alert.condition, memory.known).map((leg) =>
        placeLeg(table.of(leg.series), leg, { alert, memory: { ...memory, firedAt } }),
      );
      const standing = { alert, legs, firedAt };
      for (const leg of legs) leg.owner = standing;
      alerts.set(alert.id, standing);
      table.watch(alert.condition, memory.known ?? {});
    },
    remove,
    size: () => alerts.size,
    marks: () => [...table.all()].flatMap(({ name, last, lastAt }) => (last === null ? [] : [{ series: name, at: lastAt, value: last }])),
    tick: (tick) => {
      let events = NO_EVENTS;
      table.visit(tick, lookOf(tick), (series, look, shown) => {
        const more = lookAt(series, look, shown);
        if (more.length > 0) events = events.length === 0 ? more : [...events, ...more];
      });
      return events;
    },
    observe: (name, observation) => {
      const series = table.find(name);
      return series === null ? NO_EVENTS : lookAt(series, lookOf(observation), null);
    },
  };
}

/**
 * A leg enters armed when the other side was seen last. Otherwise it waits for that, but for one that asks for a state and has neither
 * fired nor seen a value yet: it fires at the next value if its condition is true already.
 */
function placeLeg(
  series: Series<StandingLeg>,
  { direction, level, crossing }: Leg,
  { alert, memory }: { readonly alert: Alert; readonly memory: AlertMemory & { readonly firedAt: readonly number[] } },
): StandingLeg {
  const { firedAt, lastValue, lastAt = Number.NEGATIVE_INFINITY, seenAt = Number.NEGATIVE_INFINITY } = memory;
  const entry: StandingLeg = { level, standing: true, direction, createdAt: alert.createdAt, seenAt, owner: null };
  const isSeriesNewer = series.last !== null && series.lastAt >= lastAt;
  const last = isSeriesNewer ? series.last : (lastValue ?? series.last);
  const otherSideSeen = last !== null && !isBeyond(direction, level, last);
  const isFresh = firedAt.length === 0 && (memory.unseen ?? Math.max(series.lastAt, lastAt) <= alert.createdAt);
  series.book.add(entry, otherSideSeen || (!crossing && isFresh));
  return entry;
}

interface Fired {
  readonly alertId: string;
  readonly event: AlertEvent | null;
  /** Whether the alert stands no longer. */
  readonly over: boolean;
}

function fire(
  standing: Standing,
  leg: StandingLeg,
  { look, before, shown }: { readonly look: Look; readonly before: Decimal | null; readonly shown: Shown | null },
): Fired {
  const { alert } = standing;
  const { at } = look;
  if (isExpired(alert, at)) return { alertId: alert.id, event: null, over: true };
  if (isSilent(alert, standing.firedAt, at)) return { alertId: alert.id, event: null, over: false };
  const { firedAt, storm } = recordFiring(standing.firedAt, at);
  standing.firedAt = firedAt;
  const furthest = leg.direction === 'rising' ? look.high : look.low;
  const value = leg.createdAt > look.fromAt ? look.value : furthest;
  const record = shown?.record ?? null;
  const event: AlertEvent = {
    alertId: alert.id,
    at,
    before: record === null ? before : (shown?.priceBefore ?? null),
    value: record?.extreme ?? value,
    level: record?.beaten ?? leg.level,
    settled: look.value,
    price: shown?.price ?? null,
    priceBefore: shown?.priceBefore ?? null,
    direction: leg.direction,
    paused: storm,
  };
  return { alertId: alert.id, event, over: storm || alert.repeat === 'once' };
}

/** An alert that looks both ways may be passed in both within one look; it answers once. */
function onePerAlert(passed: readonly StandingLeg[]): readonly StandingLeg[] {
  if (passed.length === 1) return passed;
  return [...new Map(passed.toReversed().map((leg) => [leg.owner, leg])).values()].toReversed();
}

function lookOf({ at, value, high = value, low = value, fromAt = at }: Observation): Look {
  return { at, value, high, low, fromAt };
}
