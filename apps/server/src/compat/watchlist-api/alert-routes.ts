/** Alerts and notifications as seed 004 has them. */
import type { Alert } from '@holdfast/contract/alerts';
import type { Notification } from '@holdfast/contract/notifications';
import * as contract from '@holdfast/contract/watchlist-api';
import {
  activateAlert,
  changeAlert,
  createAlert,
  deactivateAlert,
  deleteAlert,
  getAlert,
  listAlerts,
} from '../../features/alerts/index.ts';
import type { AlertNeeds } from '../../features/alerts/index.ts';
import { notificationJson, readNotifications, selectNotifications } from '../../features/notifications/index.ts';
import type { ReadNeeds } from '../../features/notifications/index.ts';
import { Answer, page, readCursor, serve, writeCursor } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import { enveloped, envelopedPage } from './envelope.ts';
import { nextPage } from './next-page.ts';

const ALERTS = '/api/v1/notifications/alerts/';
const NOTIFICATIONS = '/api/v1/notifications/notifications/';
const LIST = 'stock notifications';
const CONDITIONS = { PRICE_ABOVE: 'priceAbove', PRICE_BELOW: 'priceBelow', PERCENT_CHANGE: 'percentChange' } as const;

export interface AlertDoorNeeds {
  readonly alerts: AlertNeeds;
  readonly notifications: ReadNeeds;
}

export function bindAlertDoor(context: ServeContext, { alerts, notifications }: AlertDoorNeeds): void {
  serve(context, contract.listStockAlerts, async ({ caller, query: { page_size: pageSize, cursor } }) => {
    const { items, nextCursor } = await listAlerts(alerts, caller, pageAsked(pageSize, cursor));
    return envelopedPage(items.map(alertOf), nextPage(ALERTS, pageSize, nextCursor));
  });
  serve(context, contract.createStockAlert, async ({ caller, body }) => {
    const { stock_symbol: symbol, condition_type: type, threshold_value: threshold, one_time: oneTime = true } = body;
    const asked = { symbol, condition: CONDITIONS[type], threshold, repeat: oneTime ? ('once' as const) : ('recurring' as const) };
    return new Answer(201, enveloped(alertOf(await createAlert(alerts, caller, asked))));
  });
  serve(context, contract.getStockAlert, async ({ caller, params }) => enveloped(alertOf(await getAlert(alerts, caller, params.id))));
  serve(context, contract.changeStockAlert, async ({ caller, params, body }) => {
    const { threshold_value: threshold, one_time: oneTime } = body;
    const change = {
      ...(threshold === undefined ? {} : { threshold }),
      ...(oneTime === undefined ? {} : { repeat: oneTime ? ('once' as const) : ('recurring' as const) }),
    };
    return enveloped(alertOf(await changeAlert(alerts, caller, { id: params.id, change })));
  });
  serve(context, contract.deleteStockAlert, async ({ caller, params }) => {
    await deleteAlert(alerts, caller, params.id);
    return undefined;
  });
  serve(context, contract.activateStockAlert, async ({ caller, params }) =>
    enveloped(alertOf(await activateAlert(alerts, caller, params.id))),
  );
  serve(context, contract.deactivateStockAlert, async ({ caller, params }) =>
    enveloped(alertOf(await deactivateAlert(alerts, caller, params.id))),
  );
  bindNotificationDoor(context, notifications);
}

function bindNotificationDoor(context: ServeContext, needs: ReadNeeds): void {
  const pageOf = async (userId: string, asked: { readonly unread?: true; readonly pageSize?: number; readonly cursor?: string }) => {
    const { unread, pageSize, cursor } = asked;
    const limit = pageSize ?? 50;
    const after = readCursor(LIST, cursor, [isId])?.[0] ?? null;
    const filter = { userId, unread, kind: undefined, search: undefined, after, limit: limit + 1 };
    const { items, nextCursor } = page(await selectNotifications(needs.db, filter), limit, {
      item: (row) => notificationOf(notificationJson(row)),
      cursor: ({ id }) => writeCursor(LIST, [id]),
    });
    return envelopedPage(items, nextPage(unread === undefined ? NOTIFICATIONS : `${NOTIFICATIONS}unread/`, pageSize, nextCursor));
  };
  const sized = ({ page_size: pageSize, cursor }: { readonly page_size?: number; readonly cursor?: string }) => ({
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  serve(context, contract.listStockNotifications, ({ caller, query }) => pageOf(caller.userId, sized(query)));
  serve(context, contract.listUnreadStockNotifications, ({ caller, query }) => pageOf(caller.userId, { unread: true, ...sized(query) }));
  serve(context, contract.markStockNotificationsRead, async ({ caller, body }) =>
    enveloped({ unread: await readNotifications(needs, caller.userId, body?.ids ?? null) }),
  );
}

function pageAsked(limit: number | undefined, cursor: string | undefined) {
  return { ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) };
}

function alertOf(alert: Alert) {
  return {
    id: alert.id,
    stock_symbol: alert.symbol,
    condition_type: inCapitals(alert.condition),
    threshold_value: alert.threshold,
    one_time: alert.repeat === 'once',
    is_active: alert.status === 'active',
    triggered_count: alert.firedCount,
    last_triggered_at: alert.lastFiredAt,
    created_at: alert.createdAt,
  };
}

function notificationOf({ id, kind, title, body, createdAt, readAt }: Notification) {
  return {
    id,
    notification_type: inCapitals(kind),
    title,
    message: body,
    is_read: readAt !== null,
    created_at: createdAt,
    read_at: readAt,
  };
}

/** `priceAbove` is PRICE_ABOVE. */
function inCapitals(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}
