/** The words around what a mail says. */
import type { NotificationKind } from '@holdfast/contract/notifications';
import type { Locale } from './notification.ts';

export interface MailWords {
  readonly open: string;
  readonly digestSubject: (count: number) => string;
  readonly digestIntroduction: (count: number) => string;
  readonly why: (kind: string) => string;
  readonly whyDigest: string;
  readonly unsubscribe: string;
  readonly preferences: string;
  readonly kinds: Readonly<Record<NotificationKind, string>>;
}

const en: MailWords = {
  open: 'Open in Holdfast',
  digestSubject: (count) => (count === 1 ? '1 notification' : `${count} notifications`),
  digestIntroduction: (count) =>
    count === 1 ? 'Since the last daily mail there was one notification.' : `Since the last daily mail there were ${count} notifications.`,
  why: (kind) => `You get this mail because you have mail turned on for: ${kind}.`,
  whyDigest: 'You get this mail because you have chosen one mail a day.',
  unsubscribe: 'Stop these mails',
  preferences: 'Choose what is mailed',
  kinds: {
    fill: 'filled orders',
    refusal: 'refused and expired orders',
    alert: 'alerts',
    marketMove: 'market moves',
    dividend: 'dividends',
    import: 'imports',
    report: 'reports',
    margin: 'margin',
    security: 'security of your account',
    announcement: 'announcements',
  },
};

const de: MailWords = {
  open: 'In Holdfast öffnen',
  digestSubject: (count) => (count === 1 ? '1 Benachrichtigung' : `${count} Benachrichtigungen`),
  digestIntroduction: (count) =>
    count === 1
      ? 'Seit der letzten Tagesmail gab es eine Benachrichtigung.'
      : `Seit der letzten Tagesmail gab es ${count} Benachrichtigungen.`,
  why: (kind) => `Sie erhalten diese Mail, weil Mails eingeschaltet sind für: ${kind}.`,
  whyDigest: 'Sie erhalten diese Mail, weil Sie eine Mail am Tag gewählt haben.',
  unsubscribe: 'Diese Mails abbestellen',
  preferences: 'Auswählen, was per Mail kommt',
  kinds: {
    fill: 'ausgeführte Orders',
    refusal: 'abgelehnte und verfallene Orders',
    alert: 'Alarme',
    marketMove: 'Marktbewegungen',
    dividend: 'Dividenden',
    import: 'Importe',
    report: 'Berichte',
    margin: 'Kreditrahmen',
    security: 'Sicherheit Ihres Kontos',
    announcement: 'Ankündigungen',
  },
};

export const MAIL_WORDS: Readonly<Record<Locale, MailWords>> = { en, de };
