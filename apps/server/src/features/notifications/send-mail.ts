/** The mail channel: a notification, a day's worth of them, or a mail of its own. */
import { MailRefused } from '../../providers/mail/index.ts';
import type { Mailer, MailMessage } from '../../providers/mail/index.ts';
import type { Seal } from '../../platform/seal.ts';
import type { Delivery, DeliveryOutcome } from './delivery.ts';
import type { Sender } from './deliverer.ts';
import { mailHtml, mailText } from './mail-layout.ts';
import type { LaidOut } from './mail-layout.ts';
import { MAIL_WORDS } from './mail-words.ts';
import type { NotificationRow } from './notification-json.ts';
import type { SealedMail } from './queue-mail.ts';
import type { UnsubscribeTokens, Unsubscription } from './unsubscribe-token.ts';

export interface SendMailNeeds {
  readonly mailer: Mailer;
  readonly seal: Seal;
  readonly tokens: UnsubscribeTokens;
  /** Where people reach this server, such as https://portfolio.example.org. */
  readonly publicUrl: string;
}

const MAIL_IS_OFF = 'This server sends no mail: SMTP_URL is not set.';
/** What comes after these is counted, not listed. */
const MOST_IN_DIGEST = 50;

export function createMailSender(needs: SendMailNeeds): Sender {
  return async (deliveries) => {
    if (!needs.mailer.isOn) return { outcome: 'skipped', detail: MAIL_IS_OFF };
    const message = messageOf(needs, deliveries);
    if (message === null) return { outcome: 'skipped', detail: 'It is not wanted any more.' };
    return send(needs.mailer, message);
  };
}

async function send(mailer: Mailer, message: MailMessage): Promise<DeliveryOutcome> {
  try {
    await mailer.send(message);
    return { outcome: 'delivered' };
  } catch (error) {
    if (error instanceof MailRefused) return { outcome: 'failed', detail: error.message.slice(0, 500), isFinal: true };
    throw error;
  }
}

function messageOf(needs: SendMailNeeds, deliveries: readonly [Delivery, ...Delivery[]]): MailMessage | null {
  const [first] = deliveries;
  const messageId = `${first.id}@${new URL(needs.publicUrl).hostname}`;
  if (first.mail !== null) {
    const { to, locale, content } = JSON.parse(needs.seal.open(first.mail)) as SealedMail;
    return { messageId, to, ...laidOut({ ...content, locale, links: [] }) };
  }
  const { user } = first;
  const wanted = deliveries.flatMap(({ notification }) =>
    notification !== null && user.isActive && user.wantsMail(kindOf(notification)) ? [notification] : [],
  );
  const [only] = wanted;
  if (only === undefined) return null;
  const isDigest = first.isDigest;
  const of: Unsubscription = { userId: user.id, kind: isDigest ? 'all' : kindOf(only) };
  const unsubscribeUrl = `${needs.publicUrl}/unsubscribe?token=${encodeURIComponent(needs.tokens.issue(of))}`;
  const content = isDigest ? digestContent(needs, user, wanted) : singleContent(needs, user, only);
  return {
    messageId,
    to: user.email,
    ...laidOut({
      ...content,
      locale: user.locale,
      links: [
        { label: MAIL_WORDS[user.locale].unsubscribe, url: unsubscribeUrl },
        { label: MAIL_WORDS[user.locale].preferences, url: `${needs.publicUrl}/settings/notifications` },
      ],
    }),
    // RFC 8058: the mail program may post to the address by itself when its reader says so.
    headers: {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  };
}

type Content = Pick<LaidOut, 'subject' | 'lines' | 'action' | 'note'>;

function singleContent({ publicUrl }: SendMailNeeds, { locale }: Delivery['user'], notification: NotificationRow): Content {
  const words = MAIL_WORDS[locale];
  const { title, body, link } = notification;
  return {
    subject: title,
    lines: body === '' ? [title] : [title, body],
    ...(link === null ? {} : { action: { label: words.open, url: `${publicUrl}${link}` } }),
    note: words.why(words.kinds[kindOf(notification)]),
  };
}

function digestContent({ publicUrl }: SendMailNeeds, { locale }: Delivery['user'], notifications: readonly NotificationRow[]): Content {
  const words = MAIL_WORDS[locale];
  const listed = notifications.slice(0, MOST_IN_DIGEST).map(({ title, body }) => (body === '' ? title : `${title}\n${body}`));
  const count = notifications.length;
  return {
    subject: words.digestSubject(count),
    lines: [words.digestIntroduction(count), ...listed],
    action: { label: words.open, url: `${publicUrl}/notifications` },
    note: words.whyDigest,
  };
}

function laidOut(content: LaidOut): Pick<MailMessage, 'subject' | 'text' | 'html'> {
  return { subject: content.subject, text: mailText(content), html: mailHtml(content) };
}

function kindOf({ kind }: NotificationRow): Unsubscription['kind'] & keyof (typeof MAIL_WORDS)['en']['kinds'] {
  return kind as keyof (typeof MAIL_WORDS)['en']['kinds'];
}
