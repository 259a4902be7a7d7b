import type { Portfolio } from '@holdfast/sdk';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, type ReactNode } from 'react';
import { boundsOfPeriod, readPeriod } from '../../features/analysis/period.ts';
import { readWish } from '../../features/explain/explain-wish.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ExplainContext } from '../../ui/explain/explain-context.ts';
import { LoadingState } from '../../ui/states.tsx';

const Explanation = lazy(() => import('../../features/explain/explanation.tsx').then((module) => ({ default: module.Explanation })));

/**
 * Lets every figure on the page be explained. Which one is open stands in the address, so that it can be sent. The sheet opens at once,
 * before what it will show has come: a key pressed meanwhile is not to go to the page below.
 */
export function ExplainedPortfolio({ portfolio, children }: { readonly portfolio: Portfolio; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const wish = readWish(search.explain);
  const open = useCallback(
    (explain: string) => {
      void navigate({ to: '.', search: (known) => ({ ...known, explain }), resetScroll: false });
    },
    [navigate],
  );
  return (
    <ExplainContext value={open}>
      {children}
      <Dialog
        look="sheet"
        open={wish !== null}
        title={t('explain.title')}
        onClose={() => {
          void navigate({ to: '.', search: ({ explain: _explained, ...known }) => known, replace: true, resetScroll: false });
        }}
      >
        {wish !== null && (
          <Suspense fallback={<LoadingState height={240} />}>
            <Explanation key={search.explain} portfolio={portfolio} wish={wish} days={boundsOfPeriod(readPeriod(search), new Date())} />
          </Suspense>
        )}
      </Dialog>
    </ExplainContext>
  );
}
