/** What a report is drawn on. Lengths are points, y grows downwards, text stands on its y. */
export interface TextStyle {
  readonly size: number;
  readonly color?: string;
  readonly bold?: boolean;
  /** Where x is: at the text's left end when left out. */
  readonly align?: 'left' | 'right' | 'center';
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface ShapeStyle {
  readonly fill?: string;
  readonly stroke?: string;
  readonly lineWidth?: number;
  /** Lengths of dash and gap. */
  readonly dash?: readonly [number, number];
}

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** False where only the pages are counted: what is drawn is not seen, what is measured is true. */
  readonly draws: boolean;
  /** Begins the next page; the one before is finished and leaves the memory. */
  addPage(): Promise<void>;
  text(text: string, at: Place, style: TextStyle): void;
  /** An SVG path, moved to a place. */
  shape(path: string, at: Place, style: ShapeStyle): void;
  measure(text: string, style: TextStyle): number;
  /** Finishes the last page. */
  end(): Promise<void>;
}

export function line(canvas: Canvas, [from, to]: readonly [Place, Place], style: ShapeStyle): void {
  canvas.shape(`M0 0L${to.x - from.x} ${to.y - from.y}`, from, style);
}

export function box(canvas: Canvas, { x, y, width, height }: Area, style: ShapeStyle): void {
  canvas.shape(`M0 0H${width}V${height}H0Z`, { x, y }, style);
}

export interface Area extends Place {
  readonly width: number;
  readonly height: number;
}

/** The text, or as much of its beginning as fits with an ellipsis. */
export function fitted(canvas: Canvas, text: string, { width, ...style }: TextStyle & { readonly width: number }): string {
  if (canvas.measure(text, style) <= width) return text;
  const letters = [...text];
  let [fits, fails] = [0, letters.length];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (canvas.measure(`${letters.slice(0, middle).join('')}…`, style) <= width) fits = middle;
    else fails = middle;
  }
  return `${letters.slice(0, fits).join('').trimEnd()}…`;
}

/** The text in lines that fit; a word that is wider than a line has one of its own. */
export function wrapped(canvas: Canvas, text: string, { width, ...style }: TextStyle & { readonly width: number }): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current === '' || canvas.measure(longer, style) <= width) current = longer;
    else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current];
}
