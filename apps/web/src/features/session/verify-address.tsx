import { isApiError } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { meQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Notice } from '../../ui/states.tsx';

/** Proves the address at the press of a button: programs that look at links in mails press none. */
export function VerifyAddress({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const verify = useMutation({
    mutationFn: () => api.security.verifyEmail(token),
    onSuccess: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  if (verify.isSuccess) {
    return (
      <div role="status">
        <Notice>{t('auth.verified', { email: verify.data.email })}</Notice>
      </div>
    );
  }
  const ended = isApiError(verify.error) && verify.error.code === 'invalid_token';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        verify.mutate();
      }}
    >
      <FormProblem text={verify.error === null ? null : ended ? t('auth.linkEnded') : describeError(verify.error, t).detail} />
      <Button type="submit" look="primary" size="large" busy={verify.isPending}>
        {t('auth.verify')}
      </Button>
    </form>
  );
}
