import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '../../i18n/use-translation.ts';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';

/** Something an administrator does: says what came of it, and reads anew what it may have changed. */
export function useAdminChange<Asked>(change: (asked: Asked) => Promise<unknown>, done: (asked: Asked) => string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (_, asked) => {
      showToast({ look: 'ok', text: done(asked) });
      await client.invalidateQueries({ queryKey: ['admin'] });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
}
