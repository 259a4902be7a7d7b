import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartDataset,
  type Plugin,
} from 'chart.js';
import type { ChartSeries, ChartSpec } from './chart-spec.ts';

Chart.register(BarController, BarElement, CategoryScale, Filler, LinearScale, LineController, LineElement, PointElement);

export interface CanvasChart {
  readonly mark: (index: number | null) => void;
  /** The picture as it stands, on the colour of the card. */
  readonly picture: () => Promise<Blob | null>;
  readonly close: () => void;
}

type Wish = { readonly spec: ChartSpec; readonly onPoint: (index: number | null) => void };

/** Colours come from the style sheet, so that theme and direction palette hold here too. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Draws a chart on a canvas. Nothing moves by itself: figures that slide into place cannot be read. */
export function openCanvasChart(canvas: HTMLCanvasElement, { spec, onPoint }: Wish): CanvasChart {
  let marked: number | null = null;
  const chart = new Chart(canvas, {
    type: spec.kind,
    data: { labels: [...spec.labels], datasets: spec.series.map((series) => datasetOf(series, spec)) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      normalized: true,
      interaction: { mode: 'index', intersect: false },
      onHover: (_event, elements) => {
        onPoint(elements[0]?.index ?? null);
      },
      scales: scalesOf(spec),
    },
    plugins: [cross(() => marked)],
  });
  return {
    mark: (index) => {
      marked = index;
      chart.draw();
    },
    picture: () => pictureOf(canvas),
    close: () => {
      chart.destroy();
    },
  };
}

function scalesOf(spec: ChartSpec) {
  const font = { family: getComputedStyle(document.documentElement).fontFamily, size: 12 };
  const text = colour('ink-2');
  return {
    x: {
      grid: { display: false },
      border: { display: false },
      ticks: {
        color: text,
        font,
        maxRotation: 0,
        autoSkipPadding: 24,
        callback: (_value: string | number, index: number) => spec.formatLabel(spec.labels[index] ?? ''),
      },
    },
    y: {
      position: 'right' as const,
      grid: { color: colour('line'), drawTicks: false },
      border: { display: false },
      ticks: { color: text, font, padding: 8, maxTicksLimit: 5, callback: (value: string | number) => spec.axis(Number(value)) },
    },
  };
}

function datasetOf(series: ChartSeries, spec: ChartSpec): ChartDataset<'line' | 'bar', (number | null)[]> {
  const data = [...series.values];
  if (spec.kind === 'bar') return { type: 'bar', label: series.label, data, ...barLook(series), maxBarThickness: 36, borderRadius: 2 };
  const line = lineLook(series.look);
  return { type: 'line', label: series.label, data, ...line, pointRadius: 0, pointHitRadius: 8, tension: 0, spanGaps: false };
}

/** What sets lines apart beside their colour: width and dash. */
function lineLook(look: ChartSeries['look']) {
  if (look === 'invested') return { borderColor: colour('ink-3'), borderWidth: 1.5, borderDash: [4, 4], stepped: 'before' as const };
  if (look === 'benchmark') return { borderColor: colour('ink-2'), borderWidth: 1.5, borderDash: [2, 3] };
  if (look === 'fall') return { borderColor: colour('ink-2'), borderWidth: 1.5, fill: 'origin', backgroundColor: `${colour('ink-3')}33` };
  return { borderColor: colour('accent'), borderWidth: 2 };
}

/** A bar of a change is solid downwards and hollow upwards, like a candle. */
function barLook({ look, values }: ChartSeries) {
  if (look !== 'direction') return { backgroundColor: colour('accent'), borderWidth: 0 };
  const up = colour('up-fill');
  const down = colour('down-fill');
  return {
    backgroundColor: values.map((value) => ((value ?? 0) < 0 ? down : colour('surface'))),
    borderColor: values.map((value) => ((value ?? 0) < 0 ? down : up)),
    borderWidth: 1.5,
  };
}

/** A line through the point that is looked at. */
function cross(marked: () => number | null): Plugin {
  return {
    id: 'cross',
    afterDraw: (chart) => {
      const index = marked();
      const point = index === null ? undefined : chart.getDatasetMeta(0).data[index];
      if (point === undefined) return;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.strokeStyle = colour('line-strong');
      ctx.setLineDash([2, 3]);
      ctx.beginPath();
      ctx.moveTo(point.x, chartArea.top);
      ctx.lineTo(point.x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}

function pictureOf(canvas: HTMLCanvasElement): Promise<Blob | null> {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const paper = copy.getContext('2d');
  if (paper === null) return Promise.resolve(null);
  paper.fillStyle = colour('surface');
  paper.fillRect(0, 0, copy.width, copy.height);
  paper.drawImage(canvas, 0, 0);
  return new Promise((resolve) => {
    copy.toBlob(resolve, 'image/png');
  });
}
