import { addPushSubscription, listPushSubscriptions, removePushSubscription } from '@holdfast/contract/notifications';
import type { PushSubscription } from '@holdfast/contract/notifications';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { Answer, AppError, notFound, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Outside } from '../../providers/outside/index.ts';
import { countOwned, deletePushSubscription, forgetEndpoint, insertPushSubscription, selectPushSubscriptions } from './webhook-store.ts';
import type { PushSubscriptionRow } from './webhook-store.ts';

export interface PushRouteNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly outside: Pick<Outside, 'faultOf'>;
}

const MOST_SUBSCRIPTIONS = 20;

export function bindPushRoutes(context: ServeContext, { db, clock, outside }: PushRouteNeeds): void {
  serve(context, listPushSubscriptions, async ({ caller }) => ({
    items: (await selectPushSubscriptions(db, caller.userId)).map(describe),
  }));
  serve(context, addPushSubscription, async ({ caller, body, userAgent }) => {
    const fault = outside.faultOf(body.endpoint);
    if (fault !== null) throw new AppError('invalid_value', fault, { errors: [{ path: 'endpoint', message: fault }] });
    refuseKeys(body.keys);
    const at = clock.now();
    return transact(db, async (tx) => {
      // The same browser again takes the place of its last subscription.
      await forgetEndpoint(tx, body.endpoint);
      if ((await countOwned(tx, caller.userId, 'push_subscriptions')) >= MOST_SUBSCRIPTIONS)
        throw new AppError('conflict', `${MOST_SUBSCRIPTIONS} browsers get your push messages, which is the most. Remove one first.`);
      const row = await insertPushSubscription(tx, {
        id: newId(at),
        user_id: caller.userId,
        endpoint: body.endpoint,
        p256dh: body.keys.p256dh,
        auth: body.keys.auth,
        user_agent: userAgent,
        created_at: new Date(at),
      });
      return describe(row);
    });
  });
  serve(context, removePushSubscription, async ({ caller, params }) => {
    if (!(await deletePushSubscription(db, { id: params.id, userId: caller.userId }))) throw notFound('push subscription');
    return new Answer(204, undefined);
  });
}

/** A point of P-256, uncompressed, and 16 bytes (RFC 8291, section 3.1): anything else could never be encrypted for. */
function refuseKeys({ p256dh, auth }: { readonly p256dh: string; readonly auth: string }): void {
  const point = Buffer.from(p256dh, 'base64url');
  if (point.length === 65 && point[0] === 4 && Buffer.from(auth, 'base64url').length >= 16) return;
  throw new AppError('invalid_value', 'The keys are not those of a push subscription.', {
    errors: [{ path: 'keys', message: 'are not those of a push subscription' }],
  });
}

function describe({ id, user_agent: userAgent, endpoint, created_at: createdAt }: PushSubscriptionRow): PushSubscription {
  return { id, userAgent, host: new URL(endpoint).host, createdAt: createdAt.toISOString() };
}
