/** The head of a report, as of a letter: whose, of what, of when; then its main figures. And at its end, how they are computed. */
import { wordsIn } from '../../words/report-words.ts';
import type { Figure } from '../../document/report-document.ts';
import { box, fitted, line, wrapped } from './canvas.ts';
import { COLORS } from './colors.ts';
import type { Paper } from './paper.ts';

export function drawHead(paper: Paper): void {
  const { canvas, document, left, right } = paper;
  const top = paper.y;
  box(canvas, { x: left, y: top, width: 11, height: 11 }, { fill: COLORS.accent });
  canvas.text('Holdfast', { x: left + 17, y: top + 9.5 }, { size: 12, bold: true, color: COLORS.ink });
  canvas.text(document.owner, { x: right, y: top + 4 }, { size: 9, bold: true, color: COLORS.ink, align: 'right' });
  canvas.text(document.portfolio, { x: right, y: top + 16 }, { size: 8, color: COLORS.quiet, align: 'right' });
  const title = top + 58;
  canvas.text(document.title, { x: left, y: title }, { size: 22, bold: true, color: COLORS.ink });
  canvas.text(`${document.portfolio} · ${document.period}`, { x: left, y: title + 17 }, { size: 9.5, color: COLORS.quiet });
  paper.y = title + 30;
  if (document.isPaper) drawPaperMark(paper);
  drawFacts(paper);
}

/** Practice is never taken for money. */
function drawPaperMark(paper: Paper): void {
  const { canvas, document, left } = paper;
  const words = wordsIn(document.language);
  const style = { size: 8, bold: true, color: COLORS.accent };
  const width = canvas.measure(words.paper, style) + 16;
  box(canvas, { x: left, y: paper.y, width, height: 17 }, { stroke: COLORS.accent, lineWidth: 0.8, dash: [3, 2] });
  canvas.text(words.paper, { x: left + 8, y: paper.y + 11.5 }, style);
  paper.y += 27;
}

function drawFacts(paper: Paper): void {
  const { canvas, document, left, right } = paper;
  const facts = document.facts.filter(({ label }) => label !== '');
  // Standing paper has less room for the name of a time zone.
  const across = paper.width > 600 ? 4 : 3;
  const width = paper.width / across;
  const height = 27;
  const rows = Math.ceil(facts.length / across);
  line(
    canvas,
    [
      { x: left, y: paper.y },
      { x: right, y: paper.y },
    ],
    { stroke: COLORS.ink, lineWidth: 0.8 },
  );
  for (const [index, { label, text }] of facts.entries()) {
    const x = left + (index % across) * width;
    const y = paper.y + 15 + Math.floor(index / across) * height;
    const style = { size: 8, color: COLORS.ink };
    canvas.text(label, { x, y }, { size: 7, color: COLORS.faint });
    canvas.text(fitted(canvas, text, { ...style, width: width - 8 }), { x, y: y + 11 }, style);
  }
  paper.y += 10 + rows * height;
  line(
    canvas,
    [
      { x: left, y: paper.y },
      { x: right, y: paper.y },
    ],
    { stroke: COLORS.line, lineWidth: 0.5 },
  );
  paper.y += 14;
}

const GAP = 8;
const LABEL = { size: 7, color: COLORS.faint };

export async function drawFigures(paper: Paper): Promise<void> {
  const { document, canvas } = paper;
  const { figures } = document;
  const across = figures.length === 6 && paper.width > 600 ? 6 : 5;
  const width = (paper.width - GAP * (across - 1)) / across;
  const inner = width - 16;
  for (let from = 0; from < figures.length; from += across) {
    const line = figures.slice(from, from + across);
    const labels = line.map(({ label }) => wrapped(canvas, label, { ...LABEL, width: inner }).slice(0, 2));
    const height = labels.some(({ length }) => length > 1) ? 54 : 45;
    await paper.need(height + GAP);
    for (const [index, figure] of line.entries()) {
      const x = paper.left + index * (width + GAP);
      box(canvas, { x, y: paper.y, width, height }, { fill: COLORS.inset });
      for (const [row, text] of (labels[index] ?? []).entries()) canvas.text(text, { x: x + 8, y: paper.y + 15 + row * 9 }, LABEL);
      drawFigure(paper, figure, { x: x + 8, y: paper.y + height - 11, width: inner });
    }
    paper.y += height + GAP;
  }
  if (figures.length > 0) paper.y += 8;
}

function drawFigure(
  paper: Paper,
  figure: Figure,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): void {
  const { canvas, text } = paper;
  if (figure.value === null) {
    canvas.text(wordsIn(paper.document.language).unknown, { x, y }, { size: 9, color: COLORS.faint });
    return;
  }
  const shown = text.cell(figure.value, figure);
  const style = { size: 13, bold: true, color: figure.signed === true ? directionColor(shown) : COLORS.ink };
  const unit = { size: 7, color: COLORS.faint };
  const unitWidth = figure.currency === undefined ? 0 : canvas.measure(figure.currency, unit) + 3;
  // A figure is never cut: it becomes smaller.
  const size = style.size * Math.min(1, (width - unitWidth) / Math.max(1, canvas.measure(shown, style)));
  canvas.text(shown, { x, y }, { ...style, size });
  if (figure.currency !== undefined) canvas.text(figure.currency, { x: x + canvas.measure(shown, { ...style, size }) + 3, y }, unit);
}

/** Of a figure with its sign. */
export function directionColor(shown: string): string {
  return shown.startsWith('+') ? COLORS.up : shown.startsWith('−') ? COLORS.down : COLORS.ink;
}

export async function drawMethods(paper: Paper): Promise<void> {
  const { canvas, document, left } = paper;
  const style = { size: 7.5, color: COLORS.quiet };
  const nameWidth = 130;
  await paper.need(60);
  drawSectionTitle(paper, wordsIn(document.language).methods);
  paper.y += 8;
  for (const { name, sentence } of document.methods) {
    const lines = wrapped(canvas, sentence, { ...style, width: paper.width - nameWidth });
    const names = wrapped(canvas, name, { ...style, width: nameWidth - 10 });
    const height = Math.max(lines.length, names.length) * 10.5 + 4;
    await paper.need(height);
    for (const [index, text] of names.entries())
      canvas.text(text, { x: left, y: paper.y + index * 10.5 }, { ...style, bold: true, color: COLORS.ink });
    for (const [index, text] of lines.entries()) canvas.text(text, { x: left + nameWidth, y: paper.y + index * 10.5 }, style);
    paper.y += height;
  }
}

export function drawSectionTitle(paper: Paper, title: string): void {
  paper.y += 16;
  paper.canvas.text(title, { x: paper.left, y: paper.y }, { size: 11.5, bold: true, color: COLORS.ink });
  paper.y += 10;
}
