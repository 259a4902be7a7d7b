/** The token in a mail by which its reader stops mails of its kind without signing in. It holds for ever and does nothing else. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { NOTIFICATION_KINDS } from '@holdfast/contract/notifications';
import type { NotificationKind } from '@holdfast/contract/notifications';
import { isId } from '../../platform/ids.ts';

export interface Unsubscription {
  readonly userId: string;
  /** `all`: every kind but security. */
  readonly kind: NotificationKind | 'all';
}

export interface UnsubscribeTokens {
  issue(of: Unsubscription): string;
  /** Null for what nobody here has issued. */
  read(token: string): Unsubscription | null;
}

export function createUnsubscribeTokens(key: Buffer): UnsubscribeTokens {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    issue: ({ userId, kind }) => `${userId}.${kind}.${sign(`${userId}.${kind}`)}`,
    read(token) {
      const [userId = '', kind = '', signature = ''] = token.split('.');
      const [given, right] = [Buffer.from(signature), Buffer.from(sign(`${userId}.${kind}`))];
      if (given.length !== right.length || !timingSafeEqual(given, right) || !isId(userId)) return null;
      const known = kind === 'all' ? kind : NOTIFICATION_KINDS.find((one) => one === kind);
      return known === undefined ? null : { userId, kind: known };
    },
  };
}
