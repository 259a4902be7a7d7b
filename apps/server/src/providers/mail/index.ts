/** Mail to people: over SMTP, or nowhere while no mail server is set. */
import type { Mailer } from './mailer.ts';
import { createSilentMailer } from './silent-mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

export { MailRefused } from './mailer.ts';
export type { Mailer, MailMessage } from './mailer.ts';

export function openMailer({ smtpUrl, from }: { readonly smtpUrl: string | null; readonly from: string }): Mailer {
  return smtpUrl === null ? createSilentMailer() : createSmtpMailer({ url: smtpUrl, from });
}
