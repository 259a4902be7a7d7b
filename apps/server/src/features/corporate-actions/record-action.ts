import type { addCorporateAction, CorporateAction as WireAction, listCorporateActions } from '@holdfast/contract/corporate-actions';
import type { AnswerOf, BodyOf } from '@holdfast/contract';
import type { CorporateAction } from '@holdfast/engine/instruments';
import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, exactInput, notFound } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { entryOf, getInstrument, symbolOf, writableInstrument } from '../instruments/index.ts';
import type { Asker, Instruments } from '../instruments/index.ts';
import { deleteAction, insertActions, loadActions } from './action-store.ts';
import type { StoredAction } from './action-store.ts';

export interface ActionDesk {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: Instruments;
  readonly isComputed: (source: string) => boolean;
}

export async function listActions(
  { db, instruments }: ActionDesk,
  userId: string | undefined,
  symbol: string,
): Promise<AnswerOf<typeof listCorporateActions>> {
  const instrument = await getInstrument(instruments, userId, symbol);
  return { items: (await loadActions(db, instrument.key)).map(wireAction) };
}

/** Throws `conflict` where the kind and day are taken, and for prices that are computed. */
export async function addAction(
  { db, clock, instruments, isComputed }: ActionDesk,
  asker: Asker,
  request: { readonly symbol: string; readonly action: BodyOf<typeof addCorporateAction> },
): Promise<StoredAction> {
  const instrument = writableInstrument({ instruments }, asker, request.symbol);
  if (isComputed(instrument.source))
    throw new AppError('conflict', `The prices of ${symbolOf(instrument)} are computed: nothing of them is to be adjusted.`);
  const action = actionFrom(request.action, instrument.currency);
  const at = clock.now();
  return transact(db, async (tx) => {
    const [added] = await insertActions(tx, { instrumentKey: instrument.key, actions: [action], source: 'manual', at });
    if (added === undefined)
      throw new AppError('conflict', `${symbolOf(instrument)} has a ${action.kind} on ${formatDay(action.exOn)} already. Remove it first.`);
    await writeAuditEntry(tx, entryOf(asker, { at, action: 'instrument.action-added', instrument }));
    return added;
  });
}

export async function removeAction(
  { db, clock, instruments }: ActionDesk,
  asker: Asker,
  { symbol, id }: { readonly symbol: string; readonly id: string },
): Promise<void> {
  const instrument = writableInstrument({ instruments }, asker, symbol);
  await transact(db, async (tx) => {
    if (!(await deleteAction(tx, instrument.key, id))) throw notFound('corporate action');
    await writeAuditEntry(tx, entryOf(asker, { at: clock.now(), action: 'instrument.action-removed', instrument }));
  });
}

function actionFrom(body: BodyOf<typeof addCorporateAction>, currency: string): CorporateAction {
  const exOn = dayOf(body.exOn, 'exOn');
  if (body.kind === 'split')
    return { kind: 'split', exOn, newShares: positive(body.newShares, 'newShares'), oldShares: positive(body.oldShares, 'oldShares') };
  const payOn = body.payOn === undefined || body.payOn === null ? null : dayOf(body.payOn, 'payOn');
  return { kind: 'cashDividend', exOn, payOn, amountPerShare: positive(body.amountPerShare, 'amountPerShare'), currency };
}

function positive(written: string | number, path: string): Decimal {
  const read = exactInput(written, path);
  if (read <= 0n) throw invalid(path, 'must be more than 0');
  return read;
}

function dayOf(written: string, path: string): Day {
  const day = parseDay(written);
  if (day === null) throw invalid(path, 'is not a day of the calendar');
  return day;
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}

export function wireAction(action: StoredAction): WireAction {
  const { id, source, kind } = action;
  const exOn = formatDay(action.exOn);
  if (kind === 'split')
    return { id, kind, exOn, newShares: formatDecimal(action.newShares), oldShares: formatDecimal(action.oldShares), source };
  return {
    id,
    kind,
    exOn,
    payOn: action.payOn === null ? null : formatDay(action.payOn),
    amountPerShare: formatDecimal(action.amountPerShare),
    currency: action.currency,
    source,
  };
}
