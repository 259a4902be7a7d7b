import type { ExplainedFigure } from '@holdfast/sdk';

const FIGURES = [
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
] as const satisfies readonly ExplainedFigure[];

export const EXPLAINED_RETURNS = ['timeWeighted', 'moneyWeighted', 'simple', 'roai'] as const;
export type ExplainedReturn = (typeof EXPLAINED_RETURNS)[number];

/** What somebody wants explained: a figure of the summary, that figure of one instrument, or a return. */
export type ExplainWish =
  | { readonly kind: 'figure'; readonly figure: ExplainedFigure; readonly subject: string | null }
  | { readonly kind: 'return'; readonly name: ExplainedReturn };

/** Reads a wish as it stands in an address; null where it has no meaning. */
export function readWish(text: string | undefined): ExplainWish | null {
  if (text === undefined) return null;
  const colon = text.indexOf(':');
  const head = colon === -1 ? text : text.slice(0, colon);
  const rest = colon === -1 ? null : text.slice(colon + 1);
  if (head === 'return') {
    const name = EXPLAINED_RETURNS.find((known) => known === rest);
    return name === undefined ? null : { kind: 'return', name };
  }
  const figure = FIGURES.find((known) => known === head);
  return figure === undefined ? null : { kind: 'figure', figure, subject: rest === '' ? null : rest };
}
