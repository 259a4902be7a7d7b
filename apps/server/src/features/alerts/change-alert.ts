/** What owners do to their alerts. Each change makes a new version and is told to whoever watches. */
import type { Alert, AlertChange, AlertInput } from '@holdfast/contract/alerts';
import { INSTRUMENT_CONDITIONS } from '@holdfast/contract/alerts';
import type { Updateable } from 'kysely';
import type { AlertsTable } from '../../platform/db/generated/schema.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { afterCommit, transact, within } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import { ownPortfolio } from '../portfolios/index.ts';
import { ownWatchlist } from '../watchlists/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { conditionNameOf, parametersOf } from './alert.ts';
import type { AlertParameters, AlertRow } from './alert.ts';
import { followList, followParent } from './alert-members.ts';
import type { ParentChange } from './alert-members.ts';
import type { AlertOf } from './alert-store.ts';
import { countAlerts, findAlert, insertAlert, lockAlert, lockUser, updateAlert } from './alert-store.ts';
import { checkDefinition, invalid } from './check-definition.ts';
import type { DefinitionAsked } from './check-definition.ts';
import { describeAlert } from './describe-alert.ts';
import { presentValue } from './present-value.ts';

export interface AlertNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: InstrumentBook;
  readonly quotes: QuoteBoard;
  /** Tells every server that watches that these alerts have changed. */
  readonly tellChanged: (alertIds: readonly string[]) => void;
}

export interface AlertCaller {
  readonly userId: string;
}

/** Beyond this nobody can keep an overview; it also bounds what one account costs the rest. */
const MOST_ALERTS = 1_000;
/** Each of these asks up to 500 questions, one for each instrument of its list. */
const MOST_ON_WATCHLISTS = 20;
const ALL_CHANNELS = ['inApp', 'email', 'webhook', 'push'];

export async function createAlert(needs: AlertNeeds, caller: AlertCaller, input: AlertInput): Promise<Alert> {
  const parameters = checkDefinition(input.condition, figuresOf(input));
  const instrument = namedInstrument(needs, caller, input);
  const portfolioId = await namedPortfolio(needs, caller, input);
  const watchlistId = await namedWatchlist(needs, caller, input);
  const now = needs.clock.now();
  const id = newId(now);
  const at = new Date(now);
  return transact(needs.db, async (tx) => {
    await lockUser(tx, caller.userId);
    const count = await countAlerts(tx, caller.userId);
    if (count.all >= MOST_ALERTS) throw new AppError('conflict', `You have 1,000 alerts, the most there can be. Delete one first.`);
    if (watchlistId !== null && count.onWatchlists >= MOST_ON_WATCHLISTS)
      throw new AppError('conflict', `You have ${MOST_ON_WATCHLISTS} alerts on watchlists, the most there can be. Delete one first.`);
    await insertAlert(tx, {
      id,
      user_id: caller.userId,
      condition: input.condition,
      instrument_key: instrument?.key ?? null,
      portfolio_id: portfolioId,
      watchlist_id: watchlistId,
      parameters: JSON.stringify(parameters),
      repeat: input.repeat ?? 'once',
      cooldown_seconds: input.cooldownSeconds ?? 0,
      channels: input.channels ?? ALL_CHANNELS,
      note: input.note?.trim() ?? '',
      expires_at: expiryOf(input.expiresAt ?? null, now),
      asked_at: at,
      last_value: presentValue(needs.quotes, { condition: input.condition, instrument_key: instrument?.key ?? null, parameters }),
      created_at: at,
      updated_at: at,
    });
    if (watchlistId !== null) await followMembers(needs, tx, { ...caller, id });
    afterCommit(() => needs.tellChanged([id]));
    return getAlert({ ...needs, db: tx }, caller, id);
  });
}

export async function getAlert(needs: Pick<AlertNeeds, 'db' | 'instruments' | 'quotes'>, caller: AlertCaller, id: string): Promise<Alert> {
  const row = await findAlert(within(needs.db), { id, userId: caller.userId });
  if (row === null) throw notFound('alert');
  return describeAlert(needs, row);
}

/** Brings in the members of an alert that was made or restored. */
async function followMembers(needs: AlertNeeds, tx: Tx, of: AlertOf): Promise<void> {
  const parent = await lockAlert(tx, of, 'standing');
  if (parent !== null) await followList(needs, tx, parent);
}

interface Edited extends AlertOf {
  readonly state?: 'deleted';
  /** What it is for the members of an alert on a watchlist, where the change itself does not say. */
  readonly as: ParentChange | 'restored';
}

/** Locks the alert, applies what `change` makes of it and tells of it. */
async function edit(needs: AlertNeeds, of: Edited, change: (row: AlertRow, now: number) => Updateable<AlertsTable>): Promise<Alert | null> {
  return transact(needs.db, async (tx) => {
    // Whoever changes a watchlist holds its owner first, then the alerts on it.
    await lockUser(tx, of.userId);
    const row = await lockAlert(tx, of, of.state ?? 'standing');
    if (row === null) throw notFound('alert');
    const now = needs.clock.now();
    const made = change(row, now);
    await updateAlert(tx, of.id, { ...made, updated_at: new Date(now) });
    if (row.watchlist_id !== null) await tellMembers(needs, tx, { of, row, asksAnew: made.asked_at !== undefined });
    afterCommit(() => needs.tellChanged([of.id]));
    return made.deleted_at instanceof Date ? null : getAlert({ ...needs, db: tx }, of, of.id);
  });
}

async function tellMembers(
  needs: AlertNeeds,
  tx: Tx,
  { of, row, asksAnew }: { readonly of: Edited; readonly row: AlertRow; readonly asksAnew: boolean },
): Promise<void> {
  if (of.as === 'restored') return followMembers(needs, tx, of);
  const change = of.as === 'told otherwise' && asksAnew ? 'asks otherwise' : of.as;
  const parent = of.as === 'deleted' ? row : await lockAlert(tx, of, 'standing');
  if (parent !== null) await followParent(needs, tx, { parent, change });
}

async function editStanding(
  needs: AlertNeeds,
  of: Edited,
  change: (row: AlertRow, now: number) => Updateable<AlertsTable>,
): Promise<Alert> {
  const alert = await edit(needs, of, change);
  if (alert === null) throw notFound('alert');
  return alert;
}

export function changeAlert(
  needs: AlertNeeds,
  caller: AlertCaller,
  { id, change }: { readonly id: string; readonly change: AlertChange },
): Promise<Alert> {
  return editStanding(needs, { ...caller, id, as: 'told otherwise' }, (row, now) => {
    const before = parametersOf(row);
    const figures = figuresOf(change);
    // A window and a reference price exclude each other: what is given now counts.
    const { window, reference, ...others } = before;
    const kept: AlertParameters = {
      ...others,
      ...(window === undefined || figures.reference !== undefined ? {} : { window }),
      ...(reference === undefined || figures.window !== undefined ? {} : { reference }),
    };
    const parameters = checkDefinition(conditionNameOf(row), { ...kept, ...figures });
    const asksAnew = JSON.stringify(parameters) !== JSON.stringify(before);
    return {
      ...(asksAnew ? { ...askAnew(needs, { ...row, parameters }, now), parameters: JSON.stringify(parameters) } : {}),
      ...(change.repeat === undefined ? {} : { repeat: change.repeat }),
      ...(change.cooldownSeconds === undefined ? {} : { cooldown_seconds: change.cooldownSeconds }),
      ...(change.channels === undefined ? {} : { channels: change.channels }),
      ...(change.expiresAt === undefined ? {} : { expires_at: expiryOf(change.expiresAt, now) }),
      ...(change.note === undefined ? {} : { note: change.note.trim() }),
    };
  });
}

/** It looks again from now on: a crossing of before is past. */
export function activateAlert(needs: AlertNeeds, caller: AlertCaller, id: string): Promise<Alert> {
  return editStanding(needs, { ...caller, id, as: 'activated' }, (row, now) => ({
    status: 'active',
    paused_because: null,
    snoozed_until: null,
    expires_at: row.expires_at !== null && row.expires_at.getTime() <= now ? null : row.expires_at,
    ...(row.status === 'active' ? {} : askAnew(needs, row, now)),
  }));
}

export function deactivateAlert(needs: AlertNeeds, caller: AlertCaller, id: string): Promise<Alert> {
  return editStanding(needs, { ...caller, id, as: 'paused' }, () => ({ status: 'paused', paused_because: 'owner' }));
}

export function snoozeAlert(
  needs: AlertNeeds,
  caller: AlertCaller,
  { id, until }: { readonly id: string; readonly until: string | null },
): Promise<Alert> {
  return editStanding(needs, { ...caller, id, as: 'told otherwise' }, (_row, now) => {
    const snoozedUntil = until === null ? null : new Date(until);
    if (snoozedUntil !== null && snoozedUntil.getTime() <= now) throw invalid('until', 'must lie in the future');
    return { snoozed_until: snoozedUntil };
  });
}

export async function deleteAlert(needs: AlertNeeds, caller: AlertCaller, id: string): Promise<void> {
  await edit(needs, { ...caller, id, as: 'deleted' }, (_row, now) => ({ deleted_at: new Date(now) }));
}

export function restoreAlert(needs: AlertNeeds, caller: AlertCaller, id: string): Promise<Alert> {
  return editStanding(needs, { ...caller, id, state: 'deleted', as: 'restored' }, (row, now) => ({
    deleted_at: null,
    ...askAnew(needs, row, now),
  }));
}

function askAnew({ quotes }: AlertNeeds, row: Pick<AlertRow, 'condition' | 'instrument_key' | 'parameters'>, now: number) {
  return { asked_at: new Date(now), last_value: presentValue(quotes, row) };
}

function figuresOf({ threshold, direction, window, reference, average, period, interval, sigmas }: DefinitionAsked): DefinitionAsked {
  const figures = { threshold, direction, window, reference, average, period, interval, sigmas };
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}

const WATCHES_INSTRUMENT: ReadonlySet<string> = new Set(INSTRUMENT_CONDITIONS);
const WATCHES_POSITION: ReadonlySet<string> = new Set(['positionWeightAbove', 'positionWeightBelow']);

function namedInstrument(
  { instruments }: AlertNeeds,
  { userId }: AlertCaller,
  { condition, symbol, watchlistId }: AlertInput,
): Instrument | null {
  if (WATCHES_INSTRUMENT.has(condition) && watchlistId !== undefined) {
    if (symbol !== undefined) throw invalid('watchlistId', 'does not go together with a symbol');
    return null;
  }
  const takesOne = WATCHES_INSTRUMENT.has(condition) || WATCHES_POSITION.has(condition);
  if (symbol === undefined) {
    if (takesOne) throw invalid('symbol', 'is required');
    return null;
  }
  if (!takesOne) throw invalid('symbol', `is not for ${condition}`);
  const instrument = instruments.resolve(symbol, userId);
  if (instrument === null) throw new AppError('unknown_symbol', `Nothing is known by the symbol ${symbol}. Search for it first.`);
  return instrument;
}

async function namedPortfolio(needs: AlertNeeds, caller: AlertCaller, { condition, portfolioId }: AlertInput): Promise<string | null> {
  const takesOne = !WATCHES_INSTRUMENT.has(condition);
  if (portfolioId === undefined) {
    if (takesOne) throw invalid('portfolioId', 'is required');
    return null;
  }
  if (!takesOne) throw invalid('portfolioId', `is not for ${condition}`);
  return (await ownPortfolio(needs, caller, portfolioId)).id;
}

async function namedWatchlist({ db }: AlertNeeds, { userId }: AlertCaller, { condition, watchlistId }: AlertInput): Promise<string | null> {
  if (watchlistId === undefined) return null;
  if (!WATCHES_INSTRUMENT.has(condition)) throw invalid('watchlistId', `is not for ${condition}`);
  return (await ownWatchlist(db, userId, watchlistId)).id;
}

function expiryOf(expiresAt: string | null, now: number): Date | null {
  if (expiresAt === null) return null;
  const at = new Date(expiresAt);
  if (at.getTime() <= now) throw invalid('expiresAt', 'must lie in the future');
  return at;
}
