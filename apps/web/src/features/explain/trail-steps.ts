import { decimal, formatDecimal, subtract } from '@holdfast/engine/money';
import type { Trail } from '@holdfast/sdk';

/** The part of a trail that is about one instrument; an unrealised gain of one is put together from its value and its cost. */
export function trailOf(trail: Trail, subject: string | null): Trail | null {
  if (subject === null) return trail;
  if (trail.figure === 'unrealizedGain') {
    const parts = (trail.inputs ?? []).map((input) => trailOf(input, subject));
    const [value, cost] = parts;
    if (value === null || value === undefined || cost === null || cost === undefined) return null;
    const gain = formatDecimal(subtract(decimal(value.value), decimal(cost.value)));
    return { figure: 'unrealizedGain', operation: 'difference', value: gain, subject, inputs: [value, cost] };
  }
  return (trail.inputs ?? []).find((input) => input.subject === subject) ?? null;
}

/** The node that a path of positions leads to, and the nodes on the way to it, the first one included. */
export function stepsOf(trail: Trail, path: readonly number[]): Trail[] {
  const steps = [trail];
  let node = trail;
  for (const index of path) {
    const next = node.inputs?.[index];
    if (next === undefined) break;
    steps.push(next);
    node = next;
  }
  return steps;
}

/** Figures that count money or are made of it are hidden with amounts; prices and rates are public. */
export function isPublic(trail: Trail): boolean {
  return trail.figure === 'price' || trail.figure === 'baseRate' || trail.figure === 'simpleReturn';
}
