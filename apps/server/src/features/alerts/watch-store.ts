/** SQL of what watches and fires: standing alerts with what is remembered of them, marks, and the answers in one transaction. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { SeriesMark } from '@holdfast/engine/alerts';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { DEFAULT_MOVE } from './alert.ts';
import type { AlertRow, MoveSettings } from './alert.ts';

/** A standing alert and what its owner calls a significant move. */
export interface WatchedRow {
  readonly row: AlertRow;
  readonly move: MoveSettings;
}

function activeAlerts(db: Db) {
  return db
    .selectFrom('alerts')
    .leftJoin('alert_settings', 'alert_settings.user_id', 'alerts.user_id')
    .selectAll('alerts')
    .select(['market_move_percent', 'market_move_sigmas'])
    .where('alerts.status', '=', 'active')
    .where('alerts.watchlist_id', 'is', null)
    .where('alerts.deleted_at', 'is', null);
}

type JoinedRow = Awaited<ReturnType<ReturnType<typeof activeAlerts>['execute']>>[number];

function watchedFrom({ market_move_percent: percent, market_move_sigmas: sigmas, ...row }: JoinedRow): WatchedRow {
  return { row, move: percent === null || sigmas === null ? DEFAULT_MOVE : { percent, sigmas } };
}

/** Active alerts in the order of their ids, a page of them after one. */
export async function loadActive(db: Db, after: string | null, limit: number): Promise<readonly WatchedRow[]> {
  let query = activeAlerts(db);
  if (after !== null) query = query.where('alerts.id', '>', after);
  return (await query.orderBy('alerts.id').limit(limit).execute()).map(watchedFrom);
}

/** Those of the given alerts that are active. */
export async function loadAlerts(db: Db, ids: readonly string[]): Promise<readonly WatchedRow[]> {
  if (ids.length === 0) return [];
  return (
    await activeAlerts(db)
      .where('alerts.id', 'in', [...ids])
      .execute()
  ).map(watchedFrom);
}

/** Alerts that were changed since an instant, active or not. */
export async function findChanged(db: Db, since: Date): Promise<readonly string[]> {
  const rows = await db.selectFrom('alerts').select('id').where('updated_at', '>=', since).execute();
  return rows.map(({ id }) => id);
}

/** The instants at which alerts fired since one, by alert, for those that may be in a storm. */
export async function loadFirings(db: Db, ids: readonly string[], since: Date): Promise<ReadonlyMap<string, readonly number[]>> {
  const firings = new Map<string, number[]>();
  if (ids.length === 0) return firings;
  const rows = await db
    .selectFrom('alert_events')
    .select(['alert_id', 'at'])
    .where('alert_id', 'in', [...ids])
    .where('at', '>=', since)
    .orderBy('at')
    .execute();
  for (const { alert_id: id, at } of rows) firings.set(id, [...(firings.get(id) ?? []), at.getTime()]);
  return firings;
}

export async function loadMarks(db: Db): Promise<readonly SeriesMark[]> {
  const rows = await db.selectFrom('alert_marks').selectAll().execute();
  return rows.map(({ series, at, value }) => ({ series, at: at.getTime(), value: decimal(value) }));
}

/** Keeps marks; a later one of another server stays. */
export async function saveMarks(db: Db, marks: readonly SeriesMark[]): Promise<void> {
  if (marks.length === 0) return;
  const rows = marks.map(({ series, at, value }) => ({ series, at: new Date(at).toISOString(), value: formatDecimal(value) }));
  await sql`
    insert into alert_marks (series, at, value)
    select series, at, value from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (series text, at timestamptz, value numeric)
    order by series
    on conflict (series) do update set at = excluded.at, value = excluded.value where excluded.at > alert_marks.at`.execute(db);
}

/** What has served its time: expired alerts are marked so, deleted ones and marks that nobody follows go. */
export async function tidyAlerts(
  db: Db,
  at: { readonly now: Date; readonly deletedBefore: Date; readonly markedBefore: Date },
): Promise<void> {
  await db
    .updateTable('alerts')
    .set({ status: 'expired', version: sql`version + 1`, updated_at: at.now })
    .where('status', '=', 'active')
    .where('expires_at', '<=', at.now)
    .execute();
  // Members that have left their watchlist stay with their events as long as their alert does.
  await db.deleteFrom('alerts').where('deleted_at', '<', at.deletedBefore).where('parent_id', 'is', null).execute();
  await db.deleteFrom('alert_marks').where('at', '<', at.markedBefore).execute();
}

/** One answer that is to be written, and the version of the alert that gave it. */
export interface Firing {
  readonly id: string;
  readonly alertId: string;
  readonly parentId: string | null;
  readonly version: number;
  /** What was looked at: a tick, a bar, a portfolio at an instant. */
  readonly sample: string;
  readonly at: number;
  readonly before: Decimal | null;
  readonly value: Decimal;
  readonly level: Decimal;
  readonly settled: Decimal;
  readonly price: Decimal | null;
  readonly priceBefore: Decimal | null;
  readonly direction: 'rising' | 'falling';
  readonly paused: boolean;
}

export interface AcceptedFiring {
  readonly firing: Firing;
  readonly row: AlertRow;
}

/**
 * Writes the answers that still count: the alert stands at the version that gave the answer, so of two servers that saw the same
 * crossing one writes it. Answers which they are; the rest came too late. The rows are held until the transaction ends.
 */
export async function writeFirings(tx: Tx, firings: readonly Firing[], now: Date): Promise<readonly AcceptedFiring[]> {
  // First the alerts on watchlists, then their members: as their owners' changes do.
  const parents = [...new Set(firings.flatMap(({ parentId }) => parentId ?? []))];
  if (parents.length > 0) await tx.selectFrom('alerts').select('id').where('id', 'in', parents).orderBy('id').forUpdate().execute();
  const ids = [...new Set(firings.map(({ alertId }) => alertId))];
  const rows = await tx.selectFrom('alerts').selectAll().where('id', 'in', ids).orderBy('id').forUpdate().execute();
  const standing = new Map(rows.map((row) => [row.id, row]));
  const answered = await findAnswered(tx, firings);
  const accepted: AcceptedFiring[] = [];
  for (const firing of firings) {
    const row = standing.get(firing.alertId);
    if (row === undefined || !stillAsks(row, firing) || answered.has(answerKey(firing))) continue;
    const next = firedRow(row, firing);
    standing.set(row.id, next);
    accepted.push({ firing, row: next });
  }
  if (accepted.length === 0) return [];
  await insertEvents(tx, accepted);
  for (const row of new Map(accepted.map((one) => [one.row.id, one.row])).values()) {
    const { status, paused_because, fired_count, last_fired_at, last_value, version } = row;
    await tx
      .updateTable('alerts')
      .set({ status, paused_because, fired_count, last_fired_at, last_value, version, updated_at: now })
      .where('id', '=', row.id)
      .execute();
  }
  await countForParents(tx, accepted, now);
  return accepted;
}

/** An alert on a watchlist has answered as often as its members have. */
async function countForParents(tx: Tx, accepted: readonly AcceptedFiring[], now: Date): Promise<void> {
  for (const parentId of new Set(accepted.flatMap(({ row }) => row.parent_id ?? []))) {
    const own = accepted.filter(({ row }) => row.parent_id === parentId);
    const lastAt = new Date(Math.max(...own.map(({ firing }) => firing.at)));
    await tx
      .updateTable('alerts')
      .set({
        fired_count: sql`fired_count + ${own.length}`,
        last_fired_at: sql<Date>`greatest(last_fired_at, ${lastAt}::timestamptz)`,
        updated_at: now,
      })
      .where('id', '=', parentId)
      .execute();
  }
}

function answerKey({ alertId, sample }: Pick<Firing, 'alertId' | 'sample'>): string {
  return `${alertId} ${sample}`;
}

/** Which of the samples were answered already. */
async function findAnswered(tx: Tx, firings: readonly Firing[]): Promise<ReadonlySet<string>> {
  const asked = firings.map(({ alertId, sample }) => ({ alertId, sample }));
  const { rows } = await sql<{ alertId: string; sample: string }>`
    select e.alert_id as "alertId", e.sample from alert_events e
    join jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as given ("alertId" uuid, sample text)
      on given."alertId" = e.alert_id and given.sample = e.sample`.execute(tx);
  return new Set(rows.map(answerKey));
}

function stillAsks(row: AlertRow, { version, at }: Firing): boolean {
  if (row.deleted_at !== null || row.status !== 'active' || row.version !== version) return false;
  return row.expires_at === null || at < row.expires_at.getTime();
}

function firedRow(row: AlertRow, { at, settled, paused }: Firing): AlertRow {
  return {
    ...row,
    status: row.repeat === 'once' ? 'fired' : paused ? 'paused' : 'active',
    paused_because: row.repeat !== 'once' && paused ? 'storm' : null,
    fired_count: row.fired_count + 1,
    last_fired_at: new Date(at),
    last_value: formatDecimal(settled),
    version: row.version + 1,
  };
}

async function insertEvents(tx: Tx, accepted: readonly AcceptedFiring[]): Promise<void> {
  const text = (value: Decimal | null): string | null => (value === null ? null : formatDecimal(value));
  await tx
    .insertInto('alert_events')
    .values(
      accepted.map(({ firing }) => ({
        id: firing.id,
        alert_id: firing.alertId,
        sample: firing.sample,
        at: new Date(firing.at),
        before: text(firing.before),
        value: formatDecimal(firing.value),
        level: formatDecimal(firing.level),
        price: text(firing.price),
        price_before: text(firing.priceBefore),
        direction: firing.direction,
        paused: firing.paused,
      })),
    )
    .execute();
}
