import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { meQuery, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { showToast } from '../../ui/toast.tsx';

/** Offers a newcomer a portfolio of practice money: one click, then the ticket. */
export function FirstPaperPortfolio() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: user } = useQuery(meQuery);
  const [key, setKey] = useState(newKey);
  const open = useMutation({
    mutationFn: () =>
      api.portfolios.create(
        {
          name: t('portfolio.paperName'),
          kind: 'paper',
          baseCurrency: user?.baseCurrency ?? 'USD',
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
        key,
      ),
    onSuccess: async (portfolio) => {
      await client.invalidateQueries({ queryKey: portfoliosKey });
      await navigate({ to: '/trade', search: { portfolio: portfolio.id } });
    },
    onError: (error) => {
      setKey(newKey());
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
  return (
    <section className="card dashed" aria-labelledby="practice">
      <div className="row between">
        <div className="grow">
          <h2 id="practice">{t('portfolio.practiceTitle')}</h2>
          <p className="muted">{t('portfolio.practiceText')}</p>
        </div>
        <Button
          look="primary"
          busy={open.isPending}
          onClick={() => {
            open.mutate();
          }}
        >
          {t('portfolio.practiceStart')}
        </Button>
      </div>
    </section>
  );
}
