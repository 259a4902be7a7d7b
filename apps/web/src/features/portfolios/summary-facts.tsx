import type { Portfolio, PortfolioSummary } from '@holdfast/sdk';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ExplainedFigure } from '../../ui/explain/explained-figure.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money } from '../../ui/figures/figures.tsx';

type Figure =
  'netGain' | 'investedCapital' | 'marketValue' | 'cashValue' | 'unrealizedGain' | 'realizedGain' | 'income' | 'costs' | 'costBasis';

const FIRST: readonly Figure[] = ['netGain', 'investedCapital', 'marketValue', 'cashValue'];
const ALL: readonly Figure[] = [...FIRST, 'unrealizedGain', 'realizedGain', 'income', 'costs', 'costBasis'];
const CHANGES: readonly Figure[] = ['netGain', 'unrealizedGain', 'realizedGain'];

interface SummaryFactsProps {
  readonly portfolio: Portfolio;
  readonly summary: PortfolioSummary;
  /** Only the first four, where the rest is a page away. */
  readonly short?: boolean;
}

/** The parts of the result, each with the word that every page uses for it and with its method. */
export function SummaryFacts({ portfolio, summary, short = false }: SummaryFactsProps) {
  const { t } = useTranslation();
  const currency = portfolio.baseCurrency;
  const percent = summary.simpleReturn === null ? null : summary.simpleReturn * 100;
  const shown = (name: Figure): ReactNode =>
    CHANGES.includes(name) ? (
      <Change amount={summary[name]} currency={currency} {...(name === 'netGain' ? { percent } : {})} />
    ) : (
      <Money value={summary[name]} currency={currency} />
    );
  const rows = (short ? FIRST : ALL).map((name): Fact => ({
    label: t(`summary.${name}`),
    method: t(`method.${name}`),
    value: <ExplainedFigure wish={name}>{shown(name)}</ExplainedFigure>,
  }));
  return <Facts look="list" rows={rows} />;
}
