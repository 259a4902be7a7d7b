import {
  countUnread,
  getNotificationPreferences,
  listNotifications,
  putNotificationPreferences,
  readNotifications as readContract,
  unsubscribe as unsubscribeContract,
  unsubscribeByMail,
} from '@holdfast/contract/notifications';
import { Answer, AppError, page, readCursor, serve, writeCursor } from '../../platform/http/index.ts';
import type { ServeContext, UseCase } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import { changePreferences, getPreferences, unsubscribe } from './change-preferences.ts';
import type { PreferencesChosen } from './change-preferences.ts';
import { notificationJson } from './notification-json.ts';
import { readUnread, selectNotifications } from './notification-store.ts';
import { readNotifications } from './read-notifications.ts';
import type { ReadNeeds } from './read-notifications.ts';
import type { UnsubscribeTokens } from './unsubscribe-token.ts';

export interface NotificationRouteNeeds extends ReadNeeds {
  readonly unsubscribeTokens: UnsubscribeTokens;
  readonly isMailOn: boolean;
  readonly pushPublicKey: () => Promise<string>;
}

const LIST = 'notifications';

export function bindNotificationRoutes(context: ServeContext, needs: NotificationRouteNeeds): void {
  const { db } = needs;
  serve(context, listNotifications, async ({ caller, query }) => {
    const { unread, kind, search, limit = 50 } = query;
    const after = readCursor(LIST, query.cursor, [isId])?.[0] ?? null;
    const rows = await selectNotifications(db, { userId: caller.userId, unread, kind, search, after, limit: limit + 1 });
    return page(rows, limit, { item: notificationJson, cursor: ({ id }) => writeCursor(LIST, [id]) });
  });
  serve(context, countUnread, async ({ caller }) => ({ unread: await readUnread(db, caller.userId) }));
  serve(context, readContract, async ({ caller, body }) => {
    if ((body.ids === undefined) === (body.all === undefined))
      throw new AppError('invalid_value', 'Write either the ids of the notifications that were read, or "all": true.');
    return { unread: await readNotifications(needs, caller.userId, body.ids ?? null) };
  });

  const answer = async (preferences: PreferencesChosen) => ({
    ...preferences,
    quietHours: preferences.quietHours === null ? null : { ...preferences.quietHours },
    isMailOn: needs.isMailOn,
    pushPublicKey: await needs.pushPublicKey(),
  });
  serve(context, getNotificationPreferences, async ({ caller }) => answer(await getPreferences(needs, caller.userId)));
  serve(context, putNotificationPreferences, async ({ caller, body }) => answer(await changePreferences(needs, caller.userId, body)));

  const stop: UseCase<typeof unsubscribeContract> = async ({ query }) => {
    await unsubscribe(needs, needs.unsubscribeTokens.read(query.token));
    return new Answer(204, undefined);
  };
  serve(context, unsubscribeContract, stop);
  void context.app.register((scope, _options, done) => {
    // A mail program posts a form (RFC 8058, section 3.2); all that counts stands in the address.
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1_000 }, (_request, _body, parsed) =>
      parsed(null, undefined),
    );
    serve({ ...context, app: scope }, unsubscribeByMail, stop);
    done();
  });
}
