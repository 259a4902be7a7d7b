import type { AdminDelivery, listDeliveries as contract } from '@holdfast/contract/admin';
import type { QueryOf } from '@holdfast/contract';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { afterCommit, transact, within } from '../../platform/db/transact.ts';
import { AppError, notFound, page, readCursor, writeCursor } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { DELIVERIES_ADDED } from '../notifications/index.ts';
import type { Administrator } from './administrator.ts';
import { findDelivery, reviveDelivery, selectDeliveries } from './delivery-record-store.ts';
import type { DeliveryRow } from './delivery-record-store.ts';

export interface DeliveryNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
}

const LIST = 'deliveries';

export async function listDeliveries(db: Db, { limit = 50, cursor, ...filter }: QueryOf<typeof contract>) {
  const after = readCursor(LIST, cursor, [isId])?.[0] ?? null;
  return page(await selectDeliveries(db, filter, { after, limit }), limit, { item: describe, cursor: ({ id }) => writeCursor(LIST, [id]) });
}

/** At once and with all attempts before it. Throws `conflict` for one that was not given up or cannot be sent any more. */
export async function retryDelivery({ db, clock, bus }: DeliveryNeeds, by: Administrator, id: string): Promise<AdminDelivery> {
  return transact(db, async (tx) => {
    const before = await findDelivery(within(db), id);
    if (before === null) throw notFound('delivery');
    const at = clock.now();
    if (!(await reviveDelivery(tx, id, new Date(at)))) throw new AppError('conflict', refusalOf(before));
    const { actorId, ...asker } = by;
    const entry = { at, actorId, action: 'delivery.retried', subjectKind: 'delivery', subjectId: id, ...asker };
    await writeAuditEntry(tx, { ...entry, details: { channel: before.channel, userId: before.userId } });
    afterCommit(() => void bus.publish(DELIVERIES_ADDED, null).catch(() => undefined));
    return describe((await findDelivery(within(db), id)) ?? before);
  });
}

function refusalOf({ status, kind }: DeliveryRow): string {
  if (status !== 'dead') return `It is ${status}, and only what was given up can be sent again.`;
  return kind === null
    ? 'What it said is no longer known. Whoever asked for it has to ask again.'
    : 'Its webhook is off. Its owner can turn it on.';
}

function describe({ dueAt, createdAt, finishedAt, ...delivery }: DeliveryRow): AdminDelivery {
  return {
    ...delivery,
    dueAt: dueAt.toISOString(),
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
