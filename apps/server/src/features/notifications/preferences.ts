/** Which notifications go where, and when: what users have chosen, over what holds for everybody. */
import { NOTIFICATION_CHANNELS } from '@holdfast/contract/notifications';
import type { NotificationChannel, NotificationKind } from '@holdfast/contract/notifications';

export type ChannelChoice = Readonly<Record<NotificationChannel, boolean>>;

export interface Preferences {
  /** As far as they differ from the defaults. */
  readonly channels: Readonly<Partial<Record<NotificationKind, Partial<ChannelChoice>>>>;
  readonly emailTiming: 'immediately' | 'daily';
  /** HH:MM in the user's zone. */
  readonly digestAt: string;
  readonly quietHours: { readonly from: string; readonly to: string } | null;
}

export const DEFAULT_PREFERENCES: Preferences = { channels: {}, emailTiming: 'immediately', digestAt: '08:00', quietHours: null };

/** Mail is for what cannot wait until somebody looks. Push and webhooks reach only those who have asked for them. */
const MAILED: ReadonlySet<NotificationKind> = new Set(['alert', 'margin', 'security']);
const NOT_PUSHED: ReadonlySet<NotificationKind> = new Set(['import', 'report', 'announcement']);

export function defaultChoice(kind: NotificationKind): ChannelChoice {
  return { inApp: true, email: MAILED.has(kind), webhook: true, push: !NOT_PUSHED.has(kind) };
}

/** Where notifications of a kind go. Those about security are always shown. */
export function choiceFor(kind: NotificationKind, { channels }: Pick<Preferences, 'channels'>): ChannelChoice {
  const choice = { ...defaultChoice(kind), ...channels[kind] };
  return kind === 'security' ? { ...choice, inApp: true } : choice;
}

/** The channels that one notification goes to: those chosen for its kind, and of them only the ones that it names. */
export function channelsOf(
  kind: NotificationKind,
  preferences: Pick<Preferences, 'channels'>,
  named: readonly NotificationChannel[] = NOTIFICATION_CHANNELS,
): readonly NotificationChannel[] {
  const choice = choiceFor(kind, preferences);
  return named.filter((channel) => choice[channel]);
}
