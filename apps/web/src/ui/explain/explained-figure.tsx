import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useExplain } from './explain-context.ts';
import '../explained.css';

/** A figure that answers for itself: pressed, it opens how it came about. Plain where the page has no explanations. */
export function ExplainedFigure({ wish, children }: { readonly wish: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const explain = useExplain();
  if (explain === null) return children;
  return (
    <button
      type="button"
      className="explained-figure"
      title={t('explain.open')}
      aria-haspopup="dialog"
      onClick={() => {
        explain(wish);
      }}
    >
      {children}
    </button>
  );
}
