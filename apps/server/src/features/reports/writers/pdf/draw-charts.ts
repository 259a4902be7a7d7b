/** Charts on paper. What they show is in words and figures beside them. */
import { scaleBand, scaleLinear, scaleUtc } from 'd3-scale';
import { arc, area, line as lineOf, pie } from 'd3-shape';
import type { BarChart, Chart, LineChart, ShareChart } from '../../document/report-document.ts';
import { box, fitted, line } from './canvas.ts';
import type { Area } from './canvas.ts';
import { CATEGORIES, COLORS } from './colors.ts';
import type { Paper } from './paper.ts';

const GAP = 20;
const HEIGHTS = { shares: 150, lines: 170, bars: 150 } as const;

/** Rings stand beside each other, all else below each other. */
export async function drawCharts(paper: Paper, charts: readonly Chart[]): Promise<void> {
  const rings = charts.filter((chart) => chart.kind === 'shares' && chart.parts.length > 0);
  if (rings.length > 0) await paper.need(HEIGHTS.shares);
  const width = (paper.width - GAP) / 2;
  for (const [index, chart] of rings.entries())
    drawInto(paper, chart, { x: paper.left + index * (width + GAP), y: paper.y, width, height: HEIGHTS.shares });
  if (rings.length > 0) paper.y += HEIGHTS.shares;
  for (const chart of charts) {
    const isEmpty = chart.kind === 'bars' && chart.bars.length === 0;
    if (chart.kind === 'shares' || isEmpty) continue;
    const height = HEIGHTS[chart.kind];
    await paper.need(height);
    drawInto(paper, chart, { x: paper.left, y: paper.y, width: paper.width, height });
    paper.y += height;
  }
}

function drawInto(paper: Paper, chart: Chart, place: Area): void {
  paper.canvas.text(chart.title, { x: place.x, y: place.y + 12 }, { size: 9, bold: true, color: COLORS.ink });
  const inner = { ...place, y: place.y + 22, height: place.height - 34 };
  switch (chart.kind) {
    case 'shares':
      drawShares(paper, chart, inner);
      return;
    case 'lines':
      drawLines(paper, chart, inner);
      return;
    case 'bars':
      drawBars(paper, chart, inner);
  }
}

function drawShares({ canvas, text }: Paper, { parts }: ShareChart, { x, y, width, height }: Area): void {
  const radius = Math.min(height / 2 - 2, 50);
  const slices = pie<ShareChart['parts'][number]>()
    .sort(null)
    .value(({ fraction }) => fraction)(parts.slice());
  const ring = arc<(typeof slices)[number]>()
    .innerRadius(radius * 0.62)
    .outerRadius(radius);
  const center = { x: x + radius + 2, y: y + height / 2 };
  const colorOf = (index: number): string => CATEGORIES[Math.min(index, CATEGORIES.length - 1)] ?? COLORS.faint;
  for (const [index, slice] of slices.entries()) {
    canvas.shape(ring(slice) ?? '', center, { fill: colorOf(index), stroke: '#FFFFFF', lineWidth: 1.2 });
  }
  const left = x + radius * 2 + 18;
  const top = center.y - (parts.length * 13) / 2;
  for (const [index, { label, fraction }] of parts.entries()) {
    const line = top + index * 13;
    box(canvas, { x: left, y: line + 2, width: 7, height: 7 }, { fill: colorOf(index) });
    const style = { size: 8, color: COLORS.ink };
    canvas.text(fitted(canvas, label, { ...style, width: width - radius * 2 - 75 }), { x: left + 12, y: line + 9 }, style);
    canvas.text(text.cell(fraction, { kind: 'fraction' }), { x: x + width, y: line + 9 }, { ...style, align: 'right' });
  }
}

const AXIS = { size: 7, color: COLORS.faint };

function drawLines({ canvas, text, document }: Paper, chart: LineChart, place: Area): void {
  const values = chart.lines.flatMap((own) => own.values);
  const [least, most] = extent(values);
  const axisWidth = 44;
  const plot = { x: place.x + axisWidth, y: place.y + 8, width: place.width - axisWidth, height: place.height - 22 };
  const down = scaleLinear()
    .domain([Math.min(0, least), Math.max(most, least + 1e-9)])
    .nice(4)
    .range([plot.height, 0]);
  const [first = 0, last = 0] = [chart.days[0], chart.days.at(-1)];
  const along = scaleUtc()
    .domain([first * DAY_MS, last * DAY_MS])
    .range([0, plot.width]);
  for (const tick of down.ticks(4)) {
    const y = plot.y + down(tick);
    line(
      canvas,
      [
        { x: plot.x, y },
        { x: plot.x + plot.width, y },
      ],
      { stroke: tick === 0 ? COLORS.strongLine : COLORS.line, lineWidth: 0.5 },
    );
    canvas.text(text.axis(tick, chart.unit), { x: plot.x - 6, y: y + 2.5 }, { ...AXIS, align: 'right' });
  }
  const spanDays = last - first;
  const options =
    spanDays > 700
      ? { year: 'numeric', month: 'short' }
      : spanDays > 60
        ? { month: 'short', year: '2-digit' }
        : { day: 'numeric', month: 'short' };
  const dayName = new Intl.DateTimeFormat(document.locale, { ...(options as Intl.DateTimeFormatOptions), timeZone: 'UTC' });
  for (const tick of along.ticks(6)) {
    const x = plot.x + along(tick);
    if (x > plot.x + plot.width - 14) continue;
    canvas.text(dayName.format(tick), { x, y: plot.y + plot.height + 12 }, { ...AXIS, align: 'center' });
  }
  const position = (_: number, index: number): number => along((chart.days[index] ?? 0) * DAY_MS);
  for (const [index, own] of chart.lines.entries()) {
    const color = index === 0 ? COLORS.accent : COLORS.faint;
    const points = own.values.slice();
    if (index === 0) canvas.shape(area<number>(position, down(0), (value) => down(value))(points) ?? '', plot, { fill: COLORS.accentSoft });
    const dash = own.dashed === true ? { dash: [3, 2] as const } : {};
    canvas.shape(lineOf<number>(position, (value) => down(value))(points) ?? '', plot, { stroke: color, lineWidth: 1.2, ...dash });
  }
  drawLegend({ canvas }, chart, { x: place.x + place.width, y: place.y - 10 });
}

function drawLegend({ canvas }: Pick<Paper, 'canvas'>, { lines }: LineChart, at: { readonly x: number; readonly y: number }): void {
  let { x } = at;
  for (const [index, { label, dashed }] of [...lines.entries()].reverse()) {
    const style = { size: 7.5, color: COLORS.quiet };
    canvas.text(label, { x, y: at.y }, { ...style, align: 'right' });
    x -= canvas.measure(label, style) + 22;
    const dash = dashed === true ? { dash: [3, 2] as const } : {};
    const stroke = index === 0 ? COLORS.accent : COLORS.faint;
    line(
      canvas,
      [
        { x, y: at.y - 2.5 },
        { x: x + 17, y: at.y - 2.5 },
      ],
      { stroke, lineWidth: 1.4, ...dash },
    );
    x -= 12;
  }
}

function drawBars({ canvas, text }: Paper, chart: BarChart, place: Area): void {
  const [least, most] = extent(chart.bars.map(({ value }) => value));
  const axisWidth = 44;
  const plot = { x: place.x + axisWidth, y: place.y + 8, width: place.width - axisWidth, height: place.height - 22 };
  const down = scaleLinear()
    .domain([Math.min(0, least), Math.max(0, most, least + 1e-9)])
    .nice(4)
    .range([plot.height, 0]);
  // A few bars would be as wide as walls.
  const used = Math.min(plot.width, chart.bars.length * 64);
  const along = scaleBand<number>().domain(chart.bars.keys()).range([0, used]).padding(0.35);
  for (const tick of down.ticks(4)) {
    const y = plot.y + down(tick);
    line(
      canvas,
      [
        { x: plot.x, y },
        { x: plot.x + plot.width, y },
      ],
      { stroke: tick === 0 ? COLORS.strongLine : COLORS.line, lineWidth: 0.5 },
    );
    canvas.text(text.axis(tick, 'money'), { x: plot.x - 6, y: y + 2.5 }, { ...AXIS, align: 'right' });
  }
  const every = Math.ceil(chart.bars.length / 12);
  for (const [index, { label, value }] of chart.bars.entries()) {
    const x = plot.x + (along(index) ?? 0);
    const [from, to] = [Math.min(down(0), down(value)), Math.max(down(0), down(value))];
    const fill = chart.signed ? (value < 0 ? COLORS.down : COLORS.up) : COLORS.accent;
    box(canvas, { x, y: plot.y + from, width: along.bandwidth(), height: Math.max(0.3, to - from) }, { fill });
    if (index % every > 0) continue;
    const shown = fitted(canvas, label, { ...AXIS, width: along.step() * every - 3 });
    canvas.text(shown, { x: x + along.bandwidth() / 2, y: plot.y + plot.height + 12 }, { ...AXIS, align: 'center' });
  }
}

/** By a loop: as arguments of a call, years of days would be too many. */
function extent(values: readonly number[]): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

const DAY_MS = 86_400_000;
