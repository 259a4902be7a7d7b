import type { Portfolio, Position } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { PaperBadge } from '../../ui/badge.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money, Percent, Price, Quantity } from '../../ui/figures/figures.tsx';

/** What a portfolio holds of one instrument. */
export function PositionFacts({ portfolio, position }: { readonly portfolio: Portfolio; readonly position: Position }) {
  const { t } = useTranslation();
  const { currency } = position;
  const values = {
    quantity: <Quantity value={position.quantity} />,
    value: <Money value={position.marketValue} currency={currency} unit="code" />,
    averagePrice: <Price value={position.averagePrice} currency={currency} />,
    weight: <Percent value={position.weight === null ? null : position.weight * 100} digits={1} />,
    day: <Change amount={position.dayChange} currency={currency} percent={position.dayChangePercent} />,
    gain: <Change amount={position.unrealizedGain} currency={currency} percent={position.unrealizedGainPercent} />,
  };
  const names = ['quantity', 'value', 'averagePrice', 'weight', 'day', 'gain'] as const;
  return (
    <section className="card" aria-labelledby="own">
      <div className="card-head">
        <h2 id="own">{t('positions.own')}</h2>
        {portfolio.kind === 'paper' && <PaperBadge name={portfolio.name} />}
      </div>
      <Facts rows={names.map((name) => ({ label: t(`positions.${name}`), method: t(`method.position.${name}`), value: values[name] }))} />
    </section>
  );
}
