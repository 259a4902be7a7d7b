/** All SQL of corporate actions. */
import type { CashDividend, CorporateAction } from '@holdfast/engine/instruments';
import { decimal, formatDecimal } from '@holdfast/engine/money';
import { formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import { newId } from '../../platform/ids.ts';

export type StoredAction = CorporateAction & { readonly id: string; readonly source: string };

interface ActionRow {
  readonly id: string;
  readonly kind: string;
  readonly ex_on: string;
  readonly pay_on: string | null;
  readonly new_shares: string | null;
  readonly old_shares: string | null;
  readonly amount_per_share: string | null;
  readonly currency: string | null;
  readonly source: string;
}

const COLUMNS = sql.raw(`id, kind, to_char(ex_on, 'YYYY-MM-DD') as ex_on, to_char(pay_on, 'YYYY-MM-DD') as pay_on, new_shares, old_shares,
  amount_per_share, currency, source`);

/** The actions of an instrument, oldest first. */
export async function loadActions(db: Db, instrumentKey: number): Promise<readonly StoredAction[]> {
  const { rows } = await sql<ActionRow>`
    select ${COLUMNS} from corporate_actions where instrument_key = ${instrumentKey} order by ex_on, kind`.execute(db);
  return rows.map(actionOf);
}

/** Cash dividends of these instruments that are not paid by the day yet, oldest first. */
export async function loadDividendsAhead(
  db: Db,
  instrumentKeys: readonly number[],
  today: Day,
): Promise<readonly (CashDividend & { readonly instrumentKey: number })[]> {
  const { rows } = await sql<ActionRow & { readonly instrument_key: number }>`
    select instrument_key, ${COLUMNS} from corporate_actions
    where instrument_key = any(${[...instrumentKeys]}) and kind = 'cashDividend' and coalesce(pay_on, ex_on) > ${formatDay(today)}::date
    order by ex_on, id`.execute(db);
  return rows.flatMap((row) => {
    const action = actionOf(row);
    return action.kind === 'cashDividend' ? [{ ...action, instrumentKey: row.instrument_key }] : [];
  });
}

export interface NewActions {
  readonly instrumentKey: number;
  readonly actions: readonly CorporateAction[];
  readonly source: string;
  readonly at: number;
}

/** Keeps those whose kind and day are not taken, and answers them. */
export async function insertActions(db: Db, { instrumentKey, actions, source, at }: NewActions): Promise<readonly StoredAction[]> {
  const rows = actions.map((action) => ({
    id: newId(at),
    kind: action.kind,
    ex_on: formatDay(action.exOn),
    ...(action.kind === 'split'
      ? { new_shares: formatDecimal(action.newShares), old_shares: formatDecimal(action.oldShares) }
      : {
          pay_on: action.payOn === null ? null : formatDay(action.payOn),
          amount_per_share: formatDecimal(action.amountPerShare),
          currency: action.currency,
        }),
  }));
  const { rows: added } = await sql<ActionRow>`
    insert into corporate_actions (id, instrument_key, kind, ex_on, pay_on, new_shares, old_shares, amount_per_share, currency, source,
      created_at)
    select id, ${instrumentKey}::integer, kind, ex_on, pay_on, new_shares, old_shares, amount_per_share, currency, ${source}::text,
      ${new Date(at)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, kind text, ex_on date, pay_on date, new_shares numeric,
      old_shares numeric, amount_per_share numeric, currency text)
    on conflict on constraint corporate_actions_once do nothing
    returning ${COLUMNS}`.execute(db);
  return added.map(actionOf);
}

/** Whether there was such an action of the instrument. */
export async function deleteAction(db: Db, instrumentKey: number, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from corporate_actions where instrument_key = ${instrumentKey} and id = ${id}`.execute(db);
  return numAffectedRows === 1n;
}

function actionOf(row: ActionRow): StoredAction {
  const exOn = parseDay(row.ex_on) ?? 0;
  const { id, source } = row;
  if (row.kind === 'split')
    return { id, source, kind: 'split', exOn, newShares: decimal(row.new_shares ?? '1'), oldShares: decimal(row.old_shares ?? '1') };
  return {
    id,
    source,
    kind: 'cashDividend',
    exOn,
    payOn: row.pay_on === null ? null : parseDay(row.pay_on),
    amountPerShare: decimal(row.amount_per_share ?? '0'),
    currency: row.currency ?? '',
  };
}
