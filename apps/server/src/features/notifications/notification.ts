/** What a feature says to a user, before it is written. */
import type { NotificationChannel, NotificationKind, NotificationSeverity } from '@holdfast/contract/notifications';

/** The languages that the server speaks. */
export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

export interface NotificationText {
  /** One line, without a full stop. */
  readonly title: string;
  /** What else there is to know, in sentences; may be empty. */
  readonly body: string;
}

export interface NewNotification {
  readonly userId: string;
  readonly kind: NotificationKind;
  /** `info` when left out. */
  readonly severity?: NotificationSeverity;
  /** In every language; the user's is kept. */
  readonly text: Readonly<Record<Locale, NotificationText>>;
  /** A page of the web app, as a path. */
  readonly link?: string;
  /** Names the effect, such as `alert:ID:EVENT`: the same key tells a user once, however often it is written. */
  readonly dedupeKey: string;
  /** Only these of the channels that the user has chosen for the kind; all of them when left out. */
  readonly channels?: readonly NotificationChannel[];
}

/** The user's language, or English. */
export function localeOf(text: string): Locale {
  return text === 'de' || text.startsWith('de-') ? 'de' : 'en';
}
