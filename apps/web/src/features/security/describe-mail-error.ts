import { isApiError } from '@holdfast/sdk';
import type { Translate } from '../../i18n/i18n.ts';
import { describeError } from '../../ui/describe-error.ts';

/** Why a mail was not sent: a server without mail says so itself. */
export function describeMailError(error: unknown, t: Translate): string {
  return isApiError(error) && error.status === 503 ? t('auth.noMail') : describeError(error, t).detail;
}
