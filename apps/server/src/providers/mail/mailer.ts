/** Mail leaves through here. */
export interface MailMessage {
  /** Without angle brackets. The same message sent again has the same one, so that a mailbox may see that it is a copy. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Mailer {
  /** False where no mail server is set: nothing is sent, and those who ask for a mail are told so. */
  readonly isOn: boolean;
  /** Resolves once the mail server has taken the message. Throws MailRefused, or another error where trying again may help. */
  send(message: MailMessage): Promise<void>;
  close(): void;
}

/** The mail server will not take this message, however often it is tried. */
export class MailRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MailRefused';
  }
}
