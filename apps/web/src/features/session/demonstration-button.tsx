import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { meQuery, offersQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';

interface DemonstrationButtonProps {
  readonly onDone: () => void;
}

/** One click to an account with years of history. Nothing where the server has none. */
export function DemonstrationButton({ onDone }: DemonstrationButtonProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: offers } = useQuery({ ...offersQuery, enabled: false });
  const enter = useMutation({
    mutationFn: api.accounts.openDemonstration,
    onSuccess: ({ user }) => {
      client.clear();
      client.setQueryData(meQuery.queryKey, user);
      onDone();
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
  if (offers?.demonstration !== true) return null;
  return (
    <Button
      size="large"
      busy={enter.isPending}
      onClick={() => {
        enter.mutate();
      }}
    >
      {t('auth.demonstration')}
    </Button>
  );
}
