import { formatPoints } from './format-figure.ts';
import { Figure } from './figures.tsx';
import { useFigureStyle } from './use-figure-style.ts';

/** A difference of two percentages, in percentage points: signed, and neither good nor bad, so without a direction's colour. */
export function Points({ value }: { readonly value: number }) {
  const { style } = useFigureStyle();
  return <Figure>{formatPoints(value, style)}</Figure>;
}
