import type { Alert, AlertEvent } from '@holdfast/contract/alerts';
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Selectable } from 'kysely';
import type { AlertEventsTable } from '../../platform/db/generated/schema.ts';
import { symbolOf } from '../instruments/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { conditionNameOf, parametersOf } from './alert.ts';
import type { ShownAlertRow } from './alert-store.ts';

export interface DescriptionNeeds {
  readonly instruments: Pick<InstrumentBook, 'byKey'>;
  readonly quotes: Pick<QuoteBoard, 'quoteOf'>;
}

export function describeAlert({ instruments, quotes }: DescriptionNeeds, row: ShownAlertRow): Alert {
  const instrument = row.instrument_key === null ? null : instruments.byKey(row.instrument_key);
  const quote = instrument === null ? null : quotes.quoteOf(instrument.key);
  const parameters = parametersOf(row);
  return {
    id: row.id,
    condition: conditionNameOf(row),
    symbol: instrument === null ? null : symbolOf(instrument),
    portfolioId: row.portfolio_id,
    watchlistId: row.watchlist_id,
    watchlistName: row.watchlist_name,
    members: row.members,
    currency: row.portfolio_id === null ? (instrument?.currency ?? null) : row.base_currency,
    threshold: parameters.threshold ?? null,
    direction: parameters.direction ?? null,
    window: parameters.window ?? null,
    reference: parameters.reference ?? null,
    average: parameters.average ?? null,
    period: parameters.period ?? null,
    interval: parameters.interval ?? null,
    sigmas: parameters.sigmas ?? null,
    repeat: row.repeat as Alert['repeat'],
    cooldownSeconds: row.cooldown_seconds,
    channels: row.channels as Alert['channels'],
    expiresAt: row.expires_at?.toISOString() ?? null,
    note: row.note,
    status: row.status as Alert['status'],
    pausedBecause: row.paused_because as Alert['pausedBecause'],
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    firedCount: row.fired_count,
    lastFiredAt: row.last_fired_at?.toISOString() ?? null,
    price: quote === null ? null : formatDecimal(quote.last),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function describeEvent(row: Selectable<AlertEventsTable>, symbol: string | null): AlertEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    symbol,
    before: exact(row.before),
    value: formatDecimal(decimal(row.value)),
    level: formatDecimal(decimal(row.level)),
    price: exact(row.price),
    priceBefore: exact(row.price_before),
    direction: row.direction as AlertEvent['direction'],
    paused: row.paused,
  };
}

function exact(value: string | null): string | null {
  return value === null ? null : formatDecimal(decimal(value));
}
