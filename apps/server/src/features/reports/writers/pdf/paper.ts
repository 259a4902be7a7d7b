/** The pages of a report: margins, what stands above and below on each, and how far down one is. */
import { filled, wordsIn } from '../../words/report-words.ts';
import type { ReportDocument } from '../../document/report-document.ts';
import type { FigureText } from '../figure-text.ts';
import { line } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { COLORS } from './colors.ts';

export interface Paper {
  readonly canvas: Canvas;
  readonly document: ReportDocument;
  readonly text: FigureText;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** How far down the page is used. */
  y: number;
  newPage(): Promise<void>;
  /** Begins a new page where this much does not fit any more. Answers whether it did. */
  need(height: number): Promise<boolean>;
}

const MARGIN = 40;
const FOOT = 46;
const SMALL = 7;

export interface PaperOptions {
  readonly canvas: Canvas;
  readonly document: ReportDocument;
  readonly text: FigureText;
  /** In all; null while they are being counted. */
  readonly pages: number | null;
}

export function openPaper({ canvas, document, text, pages }: PaperOptions): Paper {
  const words = wordsIn(document.language);
  const [left, right] = [MARGIN, canvas.width - MARGIN];
  let page = 0;
  const foot = (): void => {
    const y = canvas.height - FOOT + 20;
    line(
      canvas,
      [
        { x: left, y: y - 12 },
        { x: right, y: y - 12 },
      ],
      { stroke: COLORS.line, lineWidth: 0.5 },
    );
    const style = { size: SMALL, color: COLORS.faint };
    canvas.text(`Holdfast · ${document.title} · ${document.portfolio}`, { x: left, y }, style);
    canvas.text(
      filled(words.madeAt, { at: `${text.instant(document.asOf)} (${document.timeZone})` }),
      { x: (left + right) / 2 + 60, y },
      { ...style, align: 'center' },
    );
    canvas.text(filled(words.page, { page: String(page), pages: String(pages ?? page) }), { x: right, y }, { ...style, align: 'right' });
  };
  const paper: Paper = {
    canvas,
    document,
    text,
    left,
    right,
    width: right - left,
    y: 0,
    async newPage() {
      await canvas.addPage();
      page += 1;
      foot();
      paper.y = MARGIN;
      if (page === 1) return;
      const y = MARGIN;
      canvas.text(document.title, { x: left, y }, { size: 8, bold: true, color: COLORS.ink });
      const own = `${document.owner} · ${document.portfolio} · ${document.period} · ${document.currency}`;
      canvas.text(own, { x: right, y }, { size: SMALL, color: COLORS.faint, align: 'right' });
      line(
        canvas,
        [
          { x: left, y: y + 7 },
          { x: right, y: y + 7 },
        ],
        { stroke: COLORS.line, lineWidth: 0.5 },
      );
      paper.y = y + 22;
    },
    async need(height) {
      if (paper.y + height <= canvas.height - FOOT) return false;
      await paper.newPage();
      return true;
    },
  };
  return paper;
}
