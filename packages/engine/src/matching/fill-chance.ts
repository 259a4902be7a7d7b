import type { TradingRules } from '../orders/index.ts';

const HUNDREDTHS = 10_000;

/** Whether chance lets this meeting of order and quote fill: the same seed and text always give the same answer. */
export function fillsByChance(rules: Pick<TradingRules, 'fillChancePercent' | 'fillSeed'>, meeting: string): boolean {
  return (scatter(`${rules.fillSeed} ${meeting}`) % HUNDREDTHS) / 100 < rules.fillChancePercent;
}

/** FNV-1a of 32 bits with the final mix of MurmurHash3, so that neighbouring texts lie far apart. Both are in the public domain. */
function scatter(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
