/** Where points of a line go in a drawing. Approximate by nature: pixels, not money. */
export interface LineBounds {
  readonly low: number;
  readonly high: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
  /** Left free above and below. */
  readonly padding: number;
}

/** Bounds of all finite values; a flat line gets a band around it, so that it stands in the middle. Null without values. */
export function boundsOf(...lines: readonly (readonly number[])[]): LineBounds | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    for (const value of line) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return null;
  if (low === high) {
    const band = Math.abs(low) * 0.01 || 1;
    return { low: low - band, high: high + band };
  }
  return { low, high };
}

export function yOf(value: number, bounds: LineBounds, box: Box): number {
  const share = (value - bounds.low) / (bounds.high - bounds.low);
  return round(box.height - box.padding - share * (box.height - 2 * box.padding));
}

export function xOf(index: number, count: number, box: Box): number {
  return count < 2 ? round(box.width / 2) : round((index / (count - 1)) * box.width);
}

/** A path through the values; a gap in the values is a gap in the line. `steps` holds a value until the next one. */
export function linePath(values: readonly number[], bounds: LineBounds, options: { readonly box: Box; readonly steps?: boolean }): string {
  const { box, steps = false } = options;
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      drawing = false;
      return;
    }
    const x = xOf(index, values.length, box);
    const y = yOf(value, bounds, box);
    if (!drawing) path += `M${String(x)} ${String(y)}`;
    else path += steps ? `H${String(x)}V${String(y)}` : `L${String(x)} ${String(y)}`;
    drawing = true;
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** At most `count` round values between the bounds, for grid lines: steps of 1, 2 or 5 times a power of ten. */
export function gridValues(bounds: LineBounds, count: number): number[] {
  const rough = (bounds.high - bounds.low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  const values: number[] = [];
  for (let value = Math.ceil(bounds.low / step) * step; value <= bounds.high + step / 1e6 && values.length <= count; value += step) {
    values.push(Number(value.toPrecision(12)));
  }
  return values;
}
