/** The mails with which an address is proved or a password chosen anew, in the languages of the server. */
import type { Locale, MailContent } from '../notifications/index.ts';
import type { MailedPurpose } from './mailed-token-store.ts';

type Words = Omit<MailContent, 'action'> & { readonly label: string };

const WORDS: Readonly<Record<Locale, Readonly<Record<MailedPurpose, Words>>>> = {
  en: {
    verifyEmail: {
      subject: 'Confirm your e-mail address',
      lines: ['An account was opened at Holdfast with this address. Confirm that it is yours.'],
      label: 'Confirm address',
      note: 'The link is good for two days. If you opened no account, do nothing.',
    },
    changeEmail: {
      subject: 'Confirm your new e-mail address',
      lines: ['Your account at Holdfast is to use this address from now on. Confirm that it is yours.'],
      label: 'Use this address',
      note: 'The link is good for two days. If you did not ask for this, do nothing: nothing changes.',
    },
    resetPassword: {
      subject: 'Choose a new password',
      lines: [
        'Somebody, probably you, has forgotten the password of your account at Holdfast.',
        'With the new password every place where you are signed in is signed out.',
      ],
      label: 'Choose a new password',
      note: 'The link is good once, and for an hour. If you did not ask for it, do nothing: your password stays as it is.',
    },
  },
  de: {
    verifyEmail: {
      subject: 'Bestätige deine E-Mail-Adresse',
      lines: ['Mit dieser Adresse wurde bei Holdfast ein Konto eröffnet. Bestätige, dass sie dir gehört.'],
      label: 'Adresse bestätigen',
      note: 'Der Link gilt zwei Tage. Wenn du kein Konto eröffnet hast, musst du nichts tun.',
    },
    changeEmail: {
      subject: 'Bestätige deine neue E-Mail-Adresse',
      lines: ['Dein Konto bei Holdfast soll künftig diese Adresse verwenden. Bestätige, dass sie dir gehört.'],
      label: 'Diese Adresse verwenden',
      note: 'Der Link gilt zwei Tage. Wenn du das nicht veranlasst hast, musst du nichts tun: Es ändert sich nichts.',
    },
    resetPassword: {
      subject: 'Neues Passwort wählen',
      lines: [
        'Jemand, vermutlich du, hat das Passwort deines Kontos bei Holdfast vergessen.',
        'Mit dem neuen Passwort wirst du überall abgemeldet, wo du angemeldet bist.',
      ],
      label: 'Neues Passwort wählen',
      note: 'Der Link gilt einmal und eine Stunde lang. Wenn du ihn nicht angefordert hast, musst du nichts tun: Dein Passwort bleibt, wie es ist.',
    },
  },
};

/** The page of the web app that each link leads to. */
const PAGES: Readonly<Record<MailedPurpose, string>> = {
  verifyEmail: '/verify-email',
  changeEmail: '/verify-email',
  resetPassword: '/reset-password',
};

/** The token stands behind the #, so that no server and no log on the way sees it. */
export function accountMail(asked: {
  readonly purpose: MailedPurpose;
  readonly locale: Locale;
  readonly siteUrl: string;
  readonly token: string;
}): MailContent {
  const { label, ...words } = WORDS[asked.locale][asked.purpose];
  return { ...words, action: { label, url: `${asked.siteUrl}${PAGES[asked.purpose]}#token=${asked.token}` } };
}

/** Told to the old address when the account has a new one. */
export function addressLeftMail(locale: Locale): MailContent {
  return locale === 'de'
    ? {
        subject: 'Dein Konto hat eine neue E-Mail-Adresse',
        lines: ['Dein Konto bei Holdfast verwendet jetzt eine andere E-Mail-Adresse. An diese Adresse schreiben wir nicht mehr.'],
        note: 'Wenn du das nicht warst, wende dich gleich an den Betreiber.',
      }
    : {
        subject: 'Your account has a new e-mail address',
        lines: ['Your account at Holdfast uses another e-mail address now. We will not write to this one any more.'],
        note: 'If this was not you, tell whoever runs the server at once.',
      };
}
