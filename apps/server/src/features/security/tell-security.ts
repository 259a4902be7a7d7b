import type { Clock } from '../../platform/clock.ts';
import type { SecurityNotices } from '../accounts/index.ts';
import type { Notifier } from '../notifications/index.ts';
import { securityWords } from './security-words.ts';

/** Tells what happened to an account as a notification of the kind `security`, by the channels that its owner has chosen. */
export function createSecurityNotices({ notifier, clock }: { readonly notifier: Notifier; readonly clock: Clock }): SecurityNotices {
  return {
    tell: (tx, userId, { kind, subject, detail = '' }) =>
      notifier.notify(tx, {
        at: clock.now(),
        notifications: [
          {
            userId,
            kind: 'security',
            severity: kind === 'newDevice' || kind === 'recoveryCodeUsed' ? 'warning' : 'info',
            text: securityWords(kind, detail),
            link: '/settings',
            dedupeKey: `security:${kind}:${subject}`,
          },
        ],
      }),
  };
}
