import { divide, multiply, subtract, sum, ZERO, type Decimal } from '../money/index.ts';

/**
 * How a figure came about: its value, how the inputs make it, and the inputs, each a trail of its own. Leaves are facts: amounts of a
 * transaction, a price, a rate. Reading a trail upwards recomputes the figure.
 */
export type Trail = GivenFigure | DerivedFigure;

export interface GivenFigure {
  readonly operation: 'given';
  readonly figure: string;
  readonly value: Decimal;
  readonly source: TrailSource;
}

export interface DerivedFigure {
  /** `difference` takes all further inputs from the first; `quotient` divides the first by the second. */
  readonly operation: 'sum' | 'difference' | 'product' | 'quotient';
  readonly figure: string;
  readonly value: Decimal;
  /** What the figure is of: an instrument or a currency. */
  readonly subject?: string;
  readonly inputs: readonly Trail[];
}

export type TrailSource =
  | { readonly kind: 'transaction'; readonly transactionId: string; readonly lotId?: string }
  | { readonly kind: 'price'; readonly instrument: string }
  | { readonly kind: 'rate'; readonly currency: string }
  | { readonly kind: 'position'; readonly instrument: string }
  /** An open lot; under average cost the pool, called by its first purchase. */
  | { readonly kind: 'lot'; readonly instrument: string; readonly lotId: string };

export function given(figure: string, value: Decimal, source: TrailSource): GivenFigure {
  return { operation: 'given', figure, value, source };
}

/** A figure made of its inputs. Its value is computed here, so a trail cannot say one thing and its inputs another. */
export function derived(
  figure: string,
  operation: DerivedFigure['operation'],
  rest: Pick<DerivedFigure, 'inputs' | 'subject'>,
): DerivedFigure {
  return {
    operation,
    figure,
    value: combine(
      operation,
      rest.inputs.map(({ value }) => value),
    ),
    ...rest,
  };
}

/** The value of a trail from its leaves alone. Throws `DecimalError` for a quotient by zero. */
export function recompute(trail: Trail): Decimal {
  return trail.operation === 'given' ? trail.value : combine(trail.operation, trail.inputs.map(recompute));
}

function combine(operation: DerivedFigure['operation'], values: readonly Decimal[]): Decimal {
  const [first = ZERO, ...others] = values;
  switch (operation) {
    case 'sum':
      return sum(values);
    case 'difference':
      return others.reduce(subtract, first);
    case 'product':
      return others.reduce((product, value) => multiply(product, value), first);
    case 'quotient':
      return others.reduce((quotient, value) => divide(quotient, value), first);
  }
}
