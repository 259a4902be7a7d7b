import type { Performance } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ExplainedFigure } from '../../ui/explain/explained-figure.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Change } from '../../ui/figures/change.tsx';

const RETURNS = ['timeWeighted', 'annualized', 'moneyWeighted', 'simple', 'roai'] as const;

/** Every return under its own name, since one word for four of them is how people are misled. */
export function ReturnsList({ performance, look = 'grid' }: { readonly performance: Performance; readonly look?: 'grid' | 'list' }) {
  const { t } = useTranslation();
  const rows: Fact[] = RETURNS.map((name) => {
    const value = performance[name];
    const shown = <Change percent={value === null ? null : value * 100} reason={t(`analysis.missing.${name}`)} />;
    return {
      label: t(`analysis.returns.${name}`),
      method: t(`method.returns.${name}`),
      value: name === 'annualized' || value === null ? shown : <ExplainedFigure wish={`return:${name}`}>{shown}</ExplainedFigure>,
    };
  });
  const { benchmark } = performance;
  if (benchmark !== null) {
    rows.push({
      label: benchmark.name,
      method: t('method.returns.benchmark'),
      value: <Change percent={benchmark.return === null ? null : benchmark.return * 100} />,
    });
  }
  return <Facts rows={rows} look={look} />;
}
