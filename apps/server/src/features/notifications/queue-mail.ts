/** Mails that are no notifications: the link that confirms an address, the one that resets a password, word of a new sign-in. */
import type { Bus } from '../../platform/bus/index.ts';
import { afterCommit } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { deriveKey } from '../../platform/derive-key.ts';
import { newId } from '../../platform/ids.ts';
import { createSeal } from '../../platform/seal.ts';
import type { Seal } from '../../platform/seal.ts';
import type { Locale } from './notification.ts';
import { DELIVERIES_ADDED } from './notifier.ts';
import { insertDeliveries } from './notify-store.ts';

/** What a mail says. It is laid out as plain text and as HTML when it goes out. */
export interface MailContent {
  readonly subject: string;
  /** Paragraphs of plain text. */
  readonly lines: readonly string[];
  /** One thing to do, as a button; an absolute address. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Small print below, such as what to do when one did not ask for it. */
  readonly note?: string;
}

export interface QueuedMail {
  /** Whose mail it is: it goes with the account. */
  readonly userId: string;
  /** May be another address than the account's: the new one that is to be confirmed. */
  readonly to: string;
  /** The language of the words around the content. */
  readonly locale: Locale;
  readonly content: MailContent;
}

/** As it is kept. */
export type SealedMail = Omit<QueuedMail, 'userId'>;

export interface MailQueue {
  /**
   * Queues a mail within the transaction: it goes out at least once after the commit, each time with the same Message-ID, and never
   * when the transaction is rolled back. The address and the text are sealed in the database and removed once the mail has gone.
   */
  queue(tx: Tx, mail: QueuedMail & { readonly at: number }): Promise<void>;
}

export interface MailQueueNeeds {
  readonly bus: Bus;
  readonly secretKey: string;
  readonly onError: (error: unknown) => void;
}

export function mailSeal(secretKey: string): Seal {
  return createSeal(deriveKey(secretKey, 'queued-mail/v1'));
}

export function createMailQueue({ bus, secretKey, onError }: MailQueueNeeds): MailQueue {
  const seal = mailSeal(secretKey);
  return {
    async queue(tx, { userId, at, to, locale, content }) {
      const mail: SealedMail = { to, locale, content };
      await insertDeliveries(tx, [
        {
          id: newId(at),
          user_id: userId,
          channel: 'email',
          mail: seal.seal(JSON.stringify(mail)),
          due_at: new Date(at),
          created_at: new Date(at),
        },
      ]);
      afterCommit(() => {
        bus.publish(DELIVERIES_ADDED, null).catch(onError);
      });
    },
  };
}
