import type { Notification, NotificationEvent, NotificationKind, NotificationSeverity } from '@holdfast/contract/notifications';
import type { Selectable } from 'kysely';
import type { NotificationsTable } from '../../platform/db/generated/schema.ts';

export type NotificationRow = Omit<Selectable<NotificationsTable>, 'user_id' | 'dedupe_key' | 'shown'>;

export function notificationJson(row: NotificationRow): Notification {
  return {
    id: row.id,
    kind: row.kind as NotificationKind,
    severity: row.severity as NotificationSeverity,
    title: row.title,
    body: row.body,
    link: row.link,
    createdAt: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}

export function channelOf(userId: string): string {
  return `notifications:${userId}`;
}

/** A fact of a user's channel, with its number. */
export interface NumberedEvent {
  readonly userId: string;
  readonly sequence: number;
  readonly event: NotificationEvent;
}
