import type { Portfolio } from '@holdfast/sdk';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, type ReactNode } from 'react';
import { boundsOfPeriod, readPeriod } from '../../features/analysis/period.ts';
import { ExplainContext } from '../../ui/explain/explain-context.ts';

const ExplainSheet = lazy(() => import('../../features/explain/explain-sheet.tsx').then((module) => ({ default: module.ExplainSheet })));

/** Lets every figure on the page be explained. Which one is open stands in the address, so that it can be sent. */
export function ExplainedPortfolio({ portfolio, children }: { readonly portfolio: Portfolio; readonly children: ReactNode }) {
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { explain: wish } = search;
  const open = useCallback(
    (explain: string) => {
      void navigate({ to: '.', search: (known) => ({ ...known, explain }), resetScroll: false });
    },
    [navigate],
  );
  return (
    <ExplainContext value={open}>
      {children}
      {wish !== undefined && (
        <Suspense>
          <ExplainSheet
            portfolio={portfolio}
            wish={wish}
            days={boundsOfPeriod(readPeriod(search), new Date())}
            onClose={() => {
              void navigate({ to: '.', search: ({ explain: _explained, ...known }) => known, replace: true, resetScroll: false });
            }}
          />
        </Suspense>
      )}
    </ExplainContext>
  );
}
