import { approximate } from '../../ui/figures/decimal-text.ts';

/** What the price has to do to reach the target, in per cent of the price; null where one of them is not known. */
export function targetDistance(last: string | null | undefined, target: string | null): number | null {
  const [price, aim] = [approximate(last), approximate(target)];
  if (!Number.isFinite(price) || !Number.isFinite(aim) || price <= 0) return null;
  return ((aim - price) / price) * 100;
}
