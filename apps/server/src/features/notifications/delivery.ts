/** One message on its way to the outside. */
import type { NotificationKind } from '@holdfast/contract/notifications';
import type { NotificationRow } from './notification-json.ts';
import type { Locale } from './notification.ts';

export type DeliveryChannel = 'email' | 'webhook' | 'push';

export interface Delivery {
  /** Stable over all tries: receivers know a copy by it. */
  readonly id: string;
  readonly channel: DeliveryChannel;
  /** Tries so far, this one included. */
  readonly attempts: number;
  readonly isDigest: boolean;
  readonly createdAt: Date;
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly locale: Locale;
    readonly isActive: boolean;
    /** Whether mails of the notification's kind are still wanted. */
    readonly wantsMail: (kind: NotificationKind) => boolean;
  };
  /** Null for a mail of its own, and for the test of a webhook. */
  readonly notification: NotificationRow | null;
  readonly mail: Buffer | null;
  readonly webhook: WebhookTarget | null;
  readonly pushSubscription: PushTarget | null;
}

export interface WebhookTarget {
  readonly id: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly previousSecret: Buffer | null;
  readonly previousSecretUntil: Date | null;
  readonly isDisabled: boolean;
}

export interface PushTarget {
  readonly id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export type DeliveryOutcome =
  | { readonly outcome: 'delivered'; readonly status?: number }
  /** `isFinal`: no further try helps. `isGone`: the receiver is not there any more. */
  | {
      readonly outcome: 'failed';
      readonly detail: string;
      readonly status?: number;
      readonly isFinal?: boolean;
      readonly isGone?: boolean;
    }
  /** Nobody wants it any more, or it cannot be sent here at all. */
  | { readonly outcome: 'skipped'; readonly detail: string };
