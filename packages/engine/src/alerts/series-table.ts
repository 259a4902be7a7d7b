import type { Decimal } from '../money/index.ts';
import { percentChange, seriesName, type Condition, type KnownMarket } from './condition.ts';
import { createLevelBook, type LegEntry, type LevelBook, type Look } from './level-book.ts';
import { createPriceWindow, type PriceWindow } from './price-window.ts';
import { createRecordTracker, type RecordTracker } from './record-tracker.ts';

/** A series of values, the legs that watch it and the value that was seen last. */
export interface Series<Entry extends LegEntry> {
  readonly name: string;
  readonly book: LevelBook<Entry>;
  last: Decimal | null;
  lastAt: number;
}

/** What a tick says beside the price. */
export interface TickContext {
  readonly symbol: string;
  readonly volume?: Decimal | undefined;
  readonly previousClose?: Decimal | undefined;
}

/** What an event of a tick tells beside the values of its series. */
export interface Shown {
  readonly price: Decimal;
  readonly priceBefore: Decimal | null;
  /** A record is told by the price that made it and the one it beat. */
  readonly record: { readonly extreme: Decimal; readonly beaten: Decimal } | null;
}

type Visit<Entry extends LegEntry> = (series: Series<Entry>, look: Look, shown: Shown) => void;

/** The series by name, and by instrument those that come with its ticks, so that a tick builds no names. */
export interface SeriesTable<Entry extends LegEntry> {
  readonly of: (name: string) => Series<Entry>;
  readonly find: (name: string) => Series<Entry> | null;
  readonly all: () => Iterable<Series<Entry>>;
  /** Makes sure that the ticks of the condition's instrument reach the series it watches. */
  readonly watch: (condition: Condition, known: KnownMarket) => void;
  /** Calls `visit` for each watched series of the instrument with the look it gets from a tick. */
  readonly visit: (tick: TickContext, look: Look, visit: Visit<Entry>) => void;
}

interface Instrument<Entry extends LegEntry> {
  price: Series<Entry> | null;
  volume: Series<Entry> | null;
  dayPercent: Series<Entry> | null;
  lastPrice: Decimal | null;
  readonly windows: Map<number, { readonly prices: PriceWindow; readonly series: Series<Entry> }>;
  readonly records: Map<string, { readonly tracker: RecordTracker; readonly series: Series<Entry> }>;
}

export function createSeriesTable<Entry extends LegEntry>(): SeriesTable<Entry> {
  const byName = new Map<string, Series<Entry>>();
  const bySymbol = new Map<string, Instrument<Entry>>();
  const of = (name: string): Series<Entry> => {
    const series = byName.get(name) ?? { name, book: createLevelBook<Entry>(), last: null, lastAt: Number.NEGATIVE_INFINITY };
    byName.set(name, series);
    return series;
  };
  return {
    of,
    find: (name) => byName.get(name) ?? null,
    all: () => byName.values(),
    watch: (condition, known) => {
      if (!('symbol' in condition)) return;
      const { symbol } = condition;
      const instrument = bySymbol.get(symbol) ?? newInstrument<Entry>();
      bySymbol.set(symbol, instrument);
      instrument.price ??= byName.get(seriesName.price(symbol)) ?? null;
      instrument.volume ??= byName.get(seriesName.volume(symbol)) ?? null;
      instrument.dayPercent ??= byName.get(seriesName.dayPercent(symbol)) ?? null;
      if (condition.kind === 'percentChange' && condition.against.kind === 'window') {
        watchWindow(instrument, { windowMs: condition.against.windowMs, past: known.past ?? [] }, (windowMs) =>
          of(seriesName.windowPercent(symbol, windowMs)),
        );
      }
      if (condition.kind === 'newHigh' || condition.kind === 'newLow') {
        const extreme = condition.kind === 'newHigh' ? known.highest : known.lowest;
        const name = seriesName.record(symbol, condition.kind, condition.days);
        if (extreme !== undefined) watchRecord(instrument, { kind: condition.kind, name, extreme }, of);
      }
    },
    visit: (tick, look, visit) => {
      const instrument = bySymbol.get(tick.symbol);
      if (instrument === undefined) return;
      const shown = { price: look.value, priceBefore: instrument.lastPrice, record: null };
      instrument.lastPrice = look.value;
      if (instrument.price !== null) visit(instrument.price, look, shown);
      if (instrument.volume !== null && tick.volume !== undefined) visit(instrument.volume, single(look, tick.volume), shown);
      if (instrument.dayPercent !== null && tick.previousClose !== undefined) {
        const percent = percentLook(look, tick.previousClose);
        if (percent !== null) visit(instrument.dayPercent, percent, shown);
      }
      for (const { prices, series } of instrument.windows.values()) {
        const reference = prices.note(look.at, look.value);
        const percent = reference === null ? null : percentLook(look, reference);
        if (percent !== null) visit(series, percent, shown);
      }
      for (const { tracker, series } of instrument.records.values()) {
        const { flag, extreme, beaten } = tracker.note(look);
        visit(series, flag, { ...shown, record: { extreme, beaten } });
      }
    },
  };
}

function newInstrument<Entry extends LegEntry>(): Instrument<Entry> {
  return { price: null, volume: null, dayPercent: null, lastPrice: null, windows: new Map(), records: new Map() };
}

function watchWindow<Entry extends LegEntry>(
  { windows }: Instrument<Entry>,
  { windowMs, past }: { readonly windowMs: number; readonly past: NonNullable<KnownMarket['past']> },
  seriesOf: (windowMs: number) => Series<Entry>,
): void {
  if (windows.has(windowMs)) return;
  const prices = createPriceWindow(windowMs);
  for (const { at, price } of past) prices.note(at, price);
  windows.set(windowMs, { prices, series: seriesOf(windowMs) });
}

function watchRecord<Entry extends LegEntry>(
  { records }: Instrument<Entry>,
  { kind, name, extreme }: { readonly kind: 'newHigh' | 'newLow'; readonly name: string; readonly extreme: Decimal },
  seriesOf: (name: string) => Series<Entry>,
): void {
  const record = records.get(name);
  if (record === undefined) records.set(name, { tracker: createRecordTracker(kind, extreme), series: seriesOf(name) });
  else record.tracker.set(extreme);
}

function single(look: Look, value: Decimal): Look {
  return { at: look.at, fromAt: look.fromAt, value, high: value, low: value };
}

function percentLook(look: Look, reference: Decimal): Look | null {
  const value = percentChange(look.value, reference);
  if (value === null) return null;
  if (look.high === look.low) return single(look, value);
  return { ...look, value, high: percentChange(look.high, reference) ?? value, low: percentChange(look.low, reference) ?? value };
}
