import { MailRefused } from './mailer.ts';
import type { Mailer, MailMessage } from './mailer.ts';

export interface SmtpOptions {
  /** smtp:// or smtps://, with user and password where the server asks for them. */
  readonly url: string;
  readonly from: string;
}

const CONNECTIONS = 3;
const TIMEOUT_MS = 20_000;

/** Mail over SMTP. Connections are kept for a while, since mails come in bunches. */
export function createSmtpMailer(options: SmtpOptions): Mailer {
  let transport: ReturnType<typeof openTransport> | null = null;
  return {
    isOn: true,
    async send({ messageId, ...message }: MailMessage) {
      try {
        const open = await (transport ??= openTransport(options));
        await open.sendMail({ ...message, messageId: `<${messageId}>`, headers: { ...message.headers } });
      } catch (error) {
        if (isFinal(error)) throw new MailRefused(error instanceof Error ? error.message : String(error), { cause: error });
        throw error;
      }
    },
    close: () => void transport?.then((open) => open.close()),
  };
}

/** The library is read with the first mail: most servers send none for hours. */
async function openTransport({ url, from }: SmtpOptions) {
  const { createTransport } = await import('nodemailer');
  const address = new URL(url);
  return createTransport(
    {
      pool: true,
      maxConnections: CONNECTIONS,
      host: address.hostname.replace(/^\[|\]$/g, ''),
      port: address.port === '' ? (address.protocol === 'smtps:' ? 465 : 587) : Number.parseInt(address.port, 10),
      secure: address.protocol === 'smtps:',
      requireTLS: address.searchParams.get('requireTLS') === 'true',
      ...(address.username === ''
        ? {}
        : { auth: { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) } }),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // Texts are ours, but a name in them could look like an address of a file.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
}

/** RFC 5321, section 4.2.1: 5yz is a permanent refusal. A refused login is the operator's to mend, and mail waits for it. */
function isFinal(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return false;
  const isLogin = 'code' in error && error.code === 'EAUTH';
  return !isLogin && Number(error.responseCode) >= 500;
}
