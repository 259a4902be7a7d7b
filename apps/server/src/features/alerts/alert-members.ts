/**
 * An alert on a watchlist asks through its members, one for each instrument of the list: each has its own edge, its own state and its
 * own events. Members come and go with the items of the list, in the transaction that changes it.
 */
import type { Tx } from '../../platform/db/transact.ts';
import { afterCommit } from '../../platform/db/transact.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { findItems } from '../watchlists/index.ts';
import type { ItemsFollower } from '../watchlists/index.ts';
import type { AlertRow } from './alert.ts';
import {
  askMembersAnew,
  dismissMembers,
  findMemberIds,
  findMembers,
  insertMembers,
  lockAlertsOn,
  mirrorToMembers,
} from './member-store.ts';
import { presentValue } from './present-value.ts';

export interface MemberNeeds {
  readonly clock: Clock;
  readonly quotes: Pick<QuoteBoard, 'quoteOf'>;
  readonly tellChanged: (alertIds: readonly string[]) => void;
}

/** Makes the members of an alert those of its list. Those that join ask from now on. Call it with the owner's row held. */
export async function followList(needs: MemberNeeds, tx: Tx, parent: AlertRow): Promise<void> {
  if (parent.watchlist_id === null) return;
  const at = new Date(needs.clock.now());
  const listed = new Set((await findItems(tx, parent.watchlist_id)).map(({ instrumentKey }) => instrumentKey));
  const members = await findMembers(tx, parent.id);
  const known = new Set(members.map(({ instrument_key: key }) => key));
  const leaving = members.filter(({ instrument_key: key, deleted_at: gone }) => gone === null && !listed.has(key ?? 0));
  const returning = members.filter(({ instrument_key: key, deleted_at: gone }) => gone !== null && listed.has(key ?? 0));
  const joining = [...listed].filter((key) => !known.has(key)).map((key) => memberOf(needs, parent, { key, at }));
  await dismissMembers(
    tx,
    leaving.map(({ id }) => id),
    at,
  );
  await insertMembers(tx, joining);
  await askMembersAnew(tx, asking(needs, parent, returning), { status: 'as the alert', at });
  tellLater(
    needs,
    [...leaving, ...returning, ...joining].map(({ id }) => id),
  );
}

/** What an owner did to the alert itself. */
export type ParentChange = 'told otherwise' | 'asks otherwise' | 'paused' | 'activated' | 'deleted';

/** Lets the members follow a change of their alert. `parent` is the row as it is after the change. */
export async function followParent(
  needs: MemberNeeds,
  tx: Tx,
  { parent, change }: { parent: AlertRow; change: ParentChange },
): Promise<void> {
  if (parent.watchlist_id === null) return;
  const at = new Date(needs.clock.now());
  const standing = (await findMembers(tx, parent.id)).filter(({ deleted_at: gone }) => gone === null);
  const ids = standing.map(({ id }) => id);
  if (change === 'deleted') await dismissMembers(tx, ids, at);
  else await mirrorToMembers(tx, parent.id, { ...(change === 'paused' ? { pause: true } : {}), at });
  if (change === 'asks otherwise') await askMembersAnew(tx, asking(needs, parent, standing), { at });
  if (change === 'activated') {
    const silent = standing.filter(({ status }) => status !== 'active');
    await askMembersAnew(tx, asking(needs, parent, silent), { status: 'as the alert', at });
  }
  tellLater(needs, ids);
}

/** Alerts follow their watchlists. */
export function alertsFollowing(needs: MemberNeeds): ItemsFollower {
  return {
    async itemsChanged(tx, watchlistId) {
      for (const parent of await lockAlertsOn(tx, watchlistId)) await followList(needs, tx, parent);
    },
    async listDeleting(tx, watchlistId) {
      tellLater(needs, await findMemberIds(tx, watchlistId));
    },
  };
}

function tellLater({ tellChanged }: MemberNeeds, ids: readonly string[]): void {
  if (ids.length > 0)
    afterCommit(() => {
      tellChanged(ids);
    });
}

function asking(needs: MemberNeeds, parent: AlertRow, members: readonly AlertRow[]) {
  const { condition, parameters } = parent;
  return members.map(({ id, instrument_key }) => ({
    id,
    lastValue: presentValue(needs.quotes, { condition, instrument_key, parameters }),
  }));
}

function memberOf({ clock, quotes }: MemberNeeds, parent: AlertRow, { key, at }: { readonly key: number; readonly at: Date }) {
  const { user_id, condition, parameters, repeat, cooldown_seconds, channels, note, status, paused_because } = parent;
  return {
    ...{ user_id, condition, repeat, cooldown_seconds, channels, note, status, paused_because },
    id: newId(clock.now()),
    parent_id: parent.id,
    instrument_key: key,
    parameters: JSON.stringify(parameters),
    expires_at: parent.expires_at,
    snoozed_until: parent.snoozed_until,
    asked_at: at,
    last_value: presentValue(quotes, { condition, instrument_key: key, parameters }),
    created_at: at,
    updated_at: at,
  };
}
