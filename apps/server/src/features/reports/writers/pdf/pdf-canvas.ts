/** A canvas whose pages become a PDF, each as soon as it is full. */
import PDFDocument from 'pdfkit';
import type { Sink } from '../sink.ts';
import type { Canvas, TextStyle } from './canvas.ts';
import { openFonts } from './fonts.ts';

export interface PdfOptions {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly language: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
}

export function pdfCanvas(sink: Sink, options: PdfOptions): Canvas {
  const { width, height } = options;
  const fonts = openFonts();
  const madeAt = new Date(options.madeAt);
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    autoFirstPage: false,
    // No font of the library's own.
    font: '',
    // It would keep every figure of the report.
    fontLayoutCache: false,
    lang: options.language,
    displayTitle: true,
    info: {
      Title: options.title,
      Author: options.author,
      Subject: options.subject,
      Creator: 'Holdfast',
      Producer: 'Holdfast',
      CreationDate: madeAt,
      ModDate: madeAt,
    },
  });
  for (const [name, font] of Object.entries(fonts)) document.registerFont(name, font.source as Uint8Array);
  let ended = false;
  document.once('end', () => {
    ended = true;
  });
  const drain = async (): Promise<void> => {
    for (let chunk = read(document); chunk !== null; chunk = read(document)) await sink.write(chunk);
  };
  return {
    width,
    height,
    draws: true,
    measure,
    async addPage() {
      document.addPage();
      await drain();
    },
    text(text, { x, y }, style) {
      if (text === '') return;
      const shift = style.align === 'right' ? measure(text, style) : style.align === 'center' ? measure(text, style) / 2 : 0;
      document
        .font(style.bold === true ? 'bold' : 'plain')
        .fontSize(style.size)
        .fillColor(style.color ?? 'black');
      document.text(text, x - shift, y, { lineBreak: false, baseline: 'alphabetic' });
    },
    shape(path, { x, y }, { fill, stroke, lineWidth = 1, dash }) {
      document.save().translate(x, y).path(path);
      if (dash !== undefined) document.dash(dash[0], { space: dash[1] });
      if (fill !== undefined && stroke !== undefined) document.lineWidth(lineWidth).fillAndStroke(fill, stroke);
      else if (fill !== undefined) document.fill(fill);
      else document.lineWidth(lineWidth).stroke(stroke ?? 'black');
      document.restore();
    },
    async end() {
      document.end();
      await drain();
      while (!ended) {
        await new Promise((resolve) => document.once('readable', resolve).once('end', resolve));
        await drain();
      }
    },
  };
}

export function measure(text: string, { size, bold }: TextStyle): number {
  const { plain, bold: strong } = openFonts();
  return (bold === true ? strong : plain).widthOf(text, size);
}

function read(document: PDFKit.PDFDocument): Uint8Array | null {
  return document.read() as Uint8Array | null;
}
