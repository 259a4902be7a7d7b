import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { boundsOf, gridValues, linePath, xOf, yOf } from './scale-line.ts';
import { useWidth } from './use-width.ts';
import './charts.css';

export interface ChartLine {
  readonly id: string;
  readonly values: readonly number[];
  readonly look: 'value' | 'invested';
}

interface LineChartProps {
  /** One sentence: first, last, change, lowest, highest. */
  readonly summary: string;
  readonly lines: readonly ChartLine[];
  /** Words for one point, shown above the chart while the pointer or the arrow keys are on it. */
  readonly describe: (index: number) => ReactNode;
  readonly idle: ReactNode;
  readonly axis: (value: number) => string;
  readonly height?: number;
}

/** The calm chart: lines in accent and ink, never in the colours of up and down. Arrow keys walk it point by point. */
export function LineChart({ summary, lines, describe, idle, axis, height = 240 }: LineChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [point, setPoint] = useState<number | null>(null);
  const count = Math.max(0, ...lines.map((line) => line.values.length));
  const bounds = boundsOf(...lines.map((line) => line.values));
  const box = { width: Math.max(0, width - 64), height, padding: 12 };
  const walk = (event: KeyboardEvent): void => {
    const next = nextPoint(event.key, point ?? count - 1, count);
    if (next === undefined) return;
    event.preventDefault();
    setPoint(next);
  };
  return (
    <div className="line-chart" ref={ref}>
      <div className="strip" aria-live={point === null ? 'off' : 'polite'}>
        {point === null ? idle : describe(point)}
      </div>
      <div
        className="plot"
        role="img"
        aria-label={summary}
        tabIndex={0}
        onKeyDown={walk}
        onBlur={() => {
          setPoint(null);
        }}
        onPointerMove={(event) => {
          const left = event.currentTarget.getBoundingClientRect().left;
          setPoint(Math.max(0, Math.min(count - 1, Math.round(((event.clientX - left) / box.width) * (count - 1)))));
        }}
        onPointerLeave={() => {
          setPoint(null);
        }}
      >
        {bounds !== null && width > 0 && (
          <svg width={width} height={height} aria-hidden="true">
            {gridValues(bounds, 4).map((value) => (
              <g key={value}>
                <line className="grid" x1={0} x2={box.width} y1={yOf(value, bounds, box)} y2={yOf(value, bounds, box)} />
                <text className="axis" x={box.width + 8} y={yOf(value, bounds, box) + 4}>
                  {axis(value)}
                </text>
              </g>
            ))}
            {lines.map((line) => (
              <path
                key={line.id}
                className={`line ${line.look}`}
                d={linePath(line.values, bounds, { box, steps: line.look === 'invested' })}
              />
            ))}
            {point !== null && (
              <>
                <line className="cross" x1={xOf(point, count, box)} x2={xOf(point, count, box)} y1={0} y2={height} />
                {lines.map((line) => {
                  const value = line.values[point];
                  return value === undefined || !Number.isFinite(value) ? null : (
                    <circle key={line.id} className={`dot ${line.look}`} cx={xOf(point, count, box)} cy={yOf(value, bounds, box)} r={4} />
                  );
                })}
              </>
            )}
          </svg>
        )}
      </div>
    </div>
  );
}

function nextPoint(key: string, from: number, count: number): number | null | undefined {
  if (key === 'Escape') return null;
  const moves: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    PageUp: from - 10,
    PageDown: from + 10,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}
