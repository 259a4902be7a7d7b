/** A report as PDF: laid out twice, once to count its pages and once to draw them. */
import type { ReportDocument } from '../../document/report-document.ts';
import { figureText } from '../figure-text.ts';
import type { Sink } from '../sink.ts';
import type { Canvas } from './canvas.ts';
import { countingCanvas } from './counting-canvas.ts';
import { drawCharts } from './draw-charts.ts';
import { drawFigures, drawHead, drawMethods } from './draw-head.ts';
import { drawTable } from './draw-table.ts';
import { openPaper } from './paper.ts';
import { pdfCanvas } from './pdf-canvas.ts';

export async function writePdf(document: ReportDocument, sink: Sink, onRows: (count: number) => void): Promise<void> {
  const size = paperSize(document);
  const canvas = pdfCanvas(sink, {
    ...size,
    title: `${document.title} · ${document.portfolio}`,
    author: document.owner,
    subject: document.period,
    language: document.locale,
    madeAt: document.asOf,
  });
  await drawReport(document, canvas, onRows);
}

/** Draws the report on any canvas, whose pages say how many they are. */
export async function drawReport(document: ReportDocument, canvas: Canvas, onRows: (count: number) => void): Promise<void> {
  const counted = countingCanvas(canvas);
  await layOut(document, { canvas: counted, pages: null, onRows: () => undefined });
  await layOut(document, { canvas, pages: counted.pages, onRows });
  await canvas.end();
}

interface Layout {
  readonly canvas: Canvas;
  readonly pages: number | null;
  readonly onRows: (count: number) => void;
}

async function layOut(document: ReportDocument, { canvas, pages, onRows }: Layout): Promise<void> {
  const paper = openPaper({ canvas, document, text: figureText(document.locale, document.timeZone), pages });
  await paper.newPage();
  drawHead(paper);
  await drawFigures(paper);
  await drawCharts(paper, document.charts);
  // What sums up comes before what is summed up.
  const tables = document.tables.filter(({ only }) => only !== 'files');
  for (const table of document.kind === 'transactions' || document.kind === 'realized-gains' ? tables.toReversed() : tables) {
    await drawTable(paper, table, onRows);
  }
  await drawMethods(paper);
}

const A4 = [595, 842] as const;
const LETTER = [612, 792] as const;
const LETTER_REGIONS = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE']);
const WIDE = new Set<ReportDocument['kind']>(['transactions', 'realized-gains', 'holdings']);

/** The paper of the user's country; lying where the tables are wide. */
function paperSize({ kind, locale }: ReportDocument): { readonly width: number; readonly height: number } {
  const { region } = new Intl.Locale(locale);
  const [short, long] = region !== undefined && LETTER_REGIONS.has(region) ? LETTER : A4;
  return WIDE.has(kind) ? { width: long, height: short } : { width: short, height: long };
}
