import type { SecurityEvent } from '../accounts/index.ts';
import type { Locale, NotificationText } from '../notifications/index.ts';

interface Words {
  readonly title: string;
  readonly body: (detail: string) => string;
}

const NOT_YOU: Readonly<Record<Locale, string>> = {
  en: 'If this was not you, change your password at once: that signs out every place.',
  de: 'Wenn du das nicht warst, ändere sofort dein Passwort: Damit wirst du überall abgemeldet.',
};

const EN: Readonly<Record<SecurityEvent, Words>> = {
  passwordChanged: { title: 'Your password was changed', body: () => 'Every other place where you were signed in is signed out.' },
  secondFactorOn: { title: 'The second factor is on', body: () => 'Signing in with your password now also needs a code.' },
  secondFactorOff: { title: 'The second factor is off', body: () => 'Your password alone signs in again.' },
  recoveryCodeUsed: {
    title: 'A recovery code was used',
    body: () => 'Somebody signed in with your password and a recovery code. It is used up now.',
  },
  recoveryCodesRenewed: { title: 'There are new recovery codes', body: () => 'The earlier ones are worth nothing any more.' },
  passkeyAdded: { title: 'A passkey was added', body: (name) => `“${name}” can sign in to your account.` },
  passkeyRemoved: { title: 'A passkey was removed', body: (name) => `“${name}” signs in no longer.` },
  apiKeyCreated: { title: 'An API key was made', body: (name) => `Programs with the key “${name}” can use your account.` },
  emailChanged: { title: 'Your e-mail address was changed', body: () => 'From now on we write to the new address.' },
  newDevice: {
    title: 'A new sign-in',
    body: (device) => `Somebody signed in from a device or network that is new to your account: ${device}.`,
  },
};

const DE: Readonly<Record<SecurityEvent, Words>> = {
  passwordChanged: {
    title: 'Dein Passwort wurde geändert',
    body: () => 'Überall sonst, wo du angemeldet warst, bist du jetzt abgemeldet.',
  },
  secondFactorOn: { title: 'Der zweite Faktor ist eingeschaltet', body: () => 'Die Anmeldung mit Passwort braucht jetzt auch einen Code.' },
  secondFactorOff: { title: 'Der zweite Faktor ist ausgeschaltet', body: () => 'Zur Anmeldung genügt wieder das Passwort.' },
  recoveryCodeUsed: {
    title: 'Ein Wiederherstellungscode wurde verwendet',
    body: () => 'Jemand hat sich mit deinem Passwort und einem Wiederherstellungscode angemeldet. Der Code ist nun verbraucht.',
  },
  recoveryCodesRenewed: { title: 'Es gibt neue Wiederherstellungscodes', body: () => 'Die früheren gelten nicht mehr.' },
  passkeyAdded: { title: 'Ein Passkey wurde hinzugefügt', body: (name) => `„${name}“ kann sich in deinem Konto anmelden.` },
  passkeyRemoved: { title: 'Ein Passkey wurde entfernt', body: (name) => `„${name}“ kann sich nicht mehr anmelden.` },
  apiKeyCreated: {
    title: 'Ein API-Schlüssel wurde angelegt',
    body: (name) => `Programme mit dem Schlüssel „${name}“ können dein Konto verwenden.`,
  },
  emailChanged: { title: 'Deine E-Mail-Adresse wurde geändert', body: () => 'Ab jetzt schreiben wir an die neue Adresse.' },
  newDevice: {
    title: 'Neue Anmeldung',
    body: (device) => `Jemand hat sich von einem Gerät oder Netz angemeldet, das dein Konto noch nicht kannte: ${device}.`,
  },
};

/** What is told of an event, in every language. */
export function securityWords(event: SecurityEvent, detail: string): Readonly<Record<Locale, NotificationText>> {
  const text = (words: Words, locale: Locale) => ({ title: words.title, body: `${words.body(detail)} ${NOT_YOU[locale]}` });
  return { en: text(EN[event], 'en'), de: text(DE[event], 'de') };
}
