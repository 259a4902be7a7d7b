import type { Portfolio } from '@holdfast/sdk';

/** What the home page looks at: everything that is tracked, everything that is practised, or one portfolio. Real and practice money are never added up. */
export interface Scope {
  /** `tracked`, `paper`, or the id of one portfolio. */
  readonly id: string;
  readonly portfolios: readonly Portfolio[];
}

/** What an address asks for; without a wish, the kind that holds something, tracked before paper. */
export function readScope(portfolios: readonly Portfolio[], wanted: string | undefined, holds: (id: string) => boolean): Scope {
  const ofKind = (kind: Portfolio['kind']): readonly Portfolio[] => portfolios.filter((portfolio) => portfolio.kind === kind);
  const one = portfolios.find((portfolio) => portfolio.id === wanted);
  if (one !== undefined) return { id: one.id, portfolios: [one] };
  if (wanted === 'tracked' || wanted === 'paper') return { id: wanted, portfolios: ofKind(wanted) };
  const tracked = ofKind('tracked');
  const paper = ofKind('paper');
  const own = tracked.some(({ id }) => holds(id)) || paper.length === 0 ? 'tracked' : 'paper';
  return { id: own, portfolios: own === 'tracked' ? tracked : paper };
}
