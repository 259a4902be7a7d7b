import * as contract from '@holdfast/contract/admin';
import { serve } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import type { Administrator } from './administrator.ts';
import { announce, listAnnouncements } from './announce.ts';
import type { AnnounceNeeds } from './announce.ts';
import { getSystem } from './get-system.ts';
import type { SystemNeeds } from './get-system.ts';
import { listPrices, listSentNotifications } from './list-records.ts';
import { listDeliveries, retryDelivery } from './manage-deliveries.ts';
import type { DeliveryNeeds } from './manage-deliveries.ts';
import { listJobs, removeJob, retryJob } from './manage-jobs.ts';

export type AdminNeeds = Omit<AnnounceNeeds, 'notifier'> & SystemNeeds & DeliveryNeeds;

export function bindAdminRoutes(context: ServeContext, needs: AdminNeeds): void {
  const { db } = needs;
  serve(context, contract.listJobs, ({ query }) => listJobs(needs, query));
  serve(context, contract.retryJob, (ask) => retryJob(needs, administratorOf(ask), ask.params.id));
  serve(context, contract.removeJob, async (ask) => {
    await removeJob(needs, administratorOf(ask), ask.params.id);
    return undefined;
  });
  serve(context, contract.getSystem, () => getSystem(needs));
  serve(context, contract.listPrices, ({ query }) => listPrices(db, query));
  serve(context, contract.listSentNotifications, ({ query }) => listSentNotifications(db, query));
  serve(context, contract.listDeliveries, ({ query }) => listDeliveries(db, query));
  serve(context, contract.retryDelivery, (ask) => retryDelivery(needs, administratorOf(ask), ask.params.id));
  serve(context, contract.createAnnouncement, (ask) => announce(needs, administratorOf(ask), ask.body));
  serve(context, contract.listAnnouncements, ({ query }) => listAnnouncements(db, query));
}

function administratorOf(ask: { readonly caller: Caller; readonly requestId: string; readonly ip: string }): Administrator {
  return { actorId: ask.caller.userId, requestId: ask.requestId, ip: ask.ip };
}
