import { NOTIFICATION_CHANNELS, NOTIFICATION_KINDS } from '@holdfast/contract/notifications';
import type { NotificationChannel, NotificationKind } from '@holdfast/contract/notifications';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { notFound } from '../../platform/http/index.ts';
import { holdPreferences, readPreferences, writePreferences } from './preferences-store.ts';
import { choiceFor, defaultChoice } from './preferences.ts';
import type { ChannelChoice, Preferences } from './preferences.ts';
import type { Unsubscription } from './unsubscribe-token.ts';

type Matrix = Record<NotificationKind, Record<NotificationChannel, boolean>>;

/** What a user has chosen, with what holds where they have chosen nothing. */
export interface PreferencesChosen extends Omit<Preferences, 'channels'> {
  readonly channels: Matrix;
}

interface PreferenceNeeds {
  readonly db: Db;
  readonly clock: Clock;
}

export async function getPreferences({ db }: Pick<PreferenceNeeds, 'db'>, userId: string): Promise<PreferencesChosen> {
  return chosen(await readPreferences(db, userId));
}

export async function changePreferences(
  { db, clock }: PreferenceNeeds,
  userId: string,
  wanted: PreferencesChosen,
): Promise<PreferencesChosen> {
  const preferences: Preferences = { ...wanted, channels: differences(wanted.channels) };
  await transact(db, (tx) => writePreferences(tx, userId, { preferences, at: clock.now() }));
  return chosen(preferences);
}

/** No more mails of a kind. Throws `not_found` for a token that is none. */
export async function unsubscribe({ db, clock }: PreferenceNeeds, of: Unsubscription | null): Promise<void> {
  if (of === null) throw notFound('subscription');
  const { userId, kind } = of;
  await transact(db, async (tx) => {
    const preferences = await holdPreferences(tx, userId);
    // The account may have been erased since.
    if (preferences === null) return;
    const channels = { ...preferences.channels };
    for (const one of kind === 'all' ? NOTIFICATION_KINDS.filter((each) => each !== 'security') : [kind])
      channels[one] = { ...channels[one], email: false };
    await writePreferences(tx, userId, { preferences: { ...preferences, channels }, at: clock.now() });
  });
}

function chosen(preferences: Preferences): PreferencesChosen {
  const channels = Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, choiceFor(kind, preferences)]));
  return { ...preferences, channels: channels as Matrix };
}

/** Only what differs is kept, so that a default that changes later reaches everybody who has not chosen otherwise. */
function differences(channels: Matrix): Preferences['channels'] {
  const kept: Partial<Record<NotificationKind, Partial<ChannelChoice>>> = {};
  for (const kind of NOTIFICATION_KINDS) {
    const usual = defaultChoice(kind);
    const other = NOTIFICATION_CHANNELS.filter((channel) => channels[kind][channel] !== usual[channel]);
    if (other.length > 0) kept[kind] = Object.fromEntries(other.map((channel) => [channel, channels[kind][channel]]));
  }
  return kept;
}
