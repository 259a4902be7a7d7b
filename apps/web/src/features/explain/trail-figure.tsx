import type { Trail } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { Change } from '../../ui/figures/change.tsx';
import { Figure, HiddenAmount, Money, Price, Quantity } from '../../ui/figures/figures.tsx';
import { formatQuantity } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { isPublic } from './trail-steps.ts';

const NAMES = [
  'totalValue',
  'marketValue',
  'cashValue',
  'costBasis',
  'investedCapital',
  'realizedGain',
  'unrealizedGain',
  'income',
  'cashCurrencyGain',
  'costs',
  'netGain',
  'simpleReturn',
  'gains',
  'putIn',
  'quantity',
  'price',
  'baseRate',
  'cost',
  'proceeds',
  'balance',
] as const;

const CHANGES = ['realizedGain', 'unrealizedGain', 'netGain', 'gains', 'cashCurrencyGain'];
const ID = /^[0-9a-f]{8}-/;

/** The name of a node, with the instrument or currency it is about. */
export function useFigureName(): (trail: Trail) => string {
  const { t } = useTranslation();
  return (trail) => {
    const known = NAMES.find((name) => name === trail.figure);
    const name = known === undefined ? trail.figure : t(`explain.figures.${known}`);
    const about = trail.subject ?? trail.source?.symbol;
    return about === undefined || ID.test(about) ? name : `${name} · ${about}`;
  };
}

/** The figure of a node, in the way of its kind: a quantity is no money, a price is public. */
export function TrailFigure({ trail, currency }: { readonly trail: Trail; readonly currency: string }) {
  const { style, hidden } = useFigureStyle();
  const { figure, value } = trail;
  if (hidden && !isPublic(trail)) return <HiddenAmount />;
  if (figure === 'quantity') return <Quantity value={value} />;
  if (figure === 'price') return <Price value={value} />;
  if (figure === 'baseRate') return <Figure>{formatQuantity(value, style)}</Figure>;
  if (figure === 'simpleReturn') return <Change percent={approximate(value) * 100} />;
  if (CHANGES.includes(figure)) return <Change amount={value} currency={currency} />;
  return <Money value={value} currency={currency} />;
}
