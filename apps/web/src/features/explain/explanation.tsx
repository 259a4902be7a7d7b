import type { Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { portfolioKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ReturnTrail } from './return-trail.tsx';
import { TrailWalk } from './trail-walk.tsx';
import type { ExplainWish } from './explain-wish.ts';
import { trailOf } from './trail-steps.ts';
import './explain.css';

export interface ReturnDays {
  readonly from?: string;
  readonly to?: string;
}

interface ExplanationProps {
  readonly portfolio: Portfolio;
  readonly wish: ExplainWish;
  /** The days whose returns are on the page. */
  readonly days: ReturnDays;
}

/** How a figure came about, step by step down to transactions, prices and rates. */
export function Explanation(props: ExplanationProps) {
  return (
    <>
      <Trail {...props} />
      <Broker />
      <div className="row end">
        <CopyLink />
      </div>
    </>
  );
}

function Trail({ portfolio, wish, days }: ExplanationProps) {
  if (wish.kind === 'return') return <ReturnTrail portfolio={portfolio} name={wish.name} days={days} />;
  return <FigureTrail portfolio={portfolio} wish={wish} />;
}

const MOST_INPUTS = 1000;

function FigureTrail({ portfolio, wish }: { readonly portfolio: Portfolio; readonly wish: ExplainWish & { readonly kind: 'figure' } }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: [...portfolioKey(portfolio.id), 'explain', wish.figure],
    queryFn: ({ signal }) => api.portfolios.explain(portfolio.id, { figure: wish.figure, most: MOST_INPUTS }, signal),
  });
  return (
    <Loaded query={query} height={240}>
      {({ trail }) => {
        const shown = trail === null ? null : trailOf(trail, wish.subject);
        return shown === null ? <p className="muted">{t('explain.noTrail')}</p> : <TrailWalk portfolio={portfolio} trail={shown} />;
      }}
    </Loaded>
  );
}

function Broker() {
  const { t } = useTranslation();
  return (
    <details className="methods">
      <summary>{t('explain.broker')}</summary>
      <p>{t('explain.brokerText')}</p>
    </details>
  );
}

function CopyLink() {
  const { t } = useTranslation();
  return (
    <Button
      size="small"
      onClick={() => {
        navigator.clipboard.writeText(location.href).then(
          () => {
            showToast({ look: 'ok', text: t('explain.copied') });
          },
          () => {
            showToast({ look: 'danger', text: t('explain.copyFailed') });
          },
        );
      }}
    >
      {t('explain.copy')}
    </Button>
  );
}
