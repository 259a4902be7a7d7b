import { isApiError } from '@holdfast/sdk';
import type { Translate } from '../i18n/i18n.ts';

export interface ErrorText {
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | null;
}

/** A failure in the reader's words: what happened, and what is left to do. */
export function describeError(error: unknown, t: Translate): ErrorText {
  if (!isApiError(error)) return { title: t('error.unknown'), detail: t('error.unknownDetail'), requestId: null };
  const requestId = error.problem.requestId ?? null;
  if (error.status === 0) return { title: t('error.unreachable'), detail: t('error.unreachableDetail'), requestId };
  if (error.status === 401) return { title: t('error.signedOut'), detail: t('error.signedOutDetail'), requestId };
  if (error.status === 404) return { title: t('error.notFound'), detail: t('error.notFoundDetail'), requestId };
  if (error.status === 429) {
    const count = error.retryAfterSeconds ?? 60;
    return { title: t('error.tooMany'), detail: t('error.tooManyDetail', { count }), requestId };
  }
  if (error.status >= 500) return { title: t('error.server'), detail: t('error.serverDetail'), requestId };
  return { title: error.problem.title === '' ? t('error.refused') : error.problem.title, detail: error.problem.detail, requestId };
}
