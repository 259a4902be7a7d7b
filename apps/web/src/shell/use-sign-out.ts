import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../api/api.ts';
import { meQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { forgetFigures } from '../live/kept-figures.ts';
import { describeError } from '../ui/describe-error.ts';
import { showToast } from '../ui/toast.tsx';

/** Ends the session on the server first; only then is what was read forgotten here. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { t } = useTranslation();
  return useCallback(async () => {
    try {
      await api.accounts.logout();
    } catch (error) {
      showToast({ look: 'danger', text: describeError(error, t).detail });
      return;
    }
    forgetFigures();
    client.setQueryData(meQuery.queryKey, null);
    await navigate({ to: '/login' });
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
    showToast({ look: 'ok', text: t('auth.signedOut') });
  }, [client, navigate, t]);
}
