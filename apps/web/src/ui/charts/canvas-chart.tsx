import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { usePreferences } from '../../preferences/preferences-store.ts';
import { useFigureStyle } from '../figures/use-figure-style.ts';
import { walkChart, type ChartSpec } from './chart-spec.ts';
import { openCanvasChart, type CanvasChart as OpenChart } from './open-canvas-chart.ts';
import './charts.css';

export interface CanvasHandle {
  readonly picture: () => Promise<Blob | null>;
}

interface CanvasChartProps {
  readonly spec: ChartSpec;
  /** One sentence: first, last, lowest, highest. */
  readonly summary: string;
  readonly idle: string;
  readonly height: 'low' | 'normal';
  readonly ref?: Ref<CanvasHandle>;
}

/** A drawn chart. The figures of the point under the pointer, or under the arrow keys, stand in the strip above it. */
export function CanvasChart({ spec, summary, idle, height, ref }: CanvasChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const open = useRef<OpenChart | null>(null);
  const [point, setPoint] = useState<number | null>(null);
  const [walking, setWalking] = useState(false);
  const { theme, direction } = usePreferences();
  const { style } = useFigureStyle();
  useImperativeHandle(ref, () => ({ picture: () => open.current?.picture() ?? Promise.resolve(null) }), []);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const place = canvas.current;
    const draw = (): void => {
      open.current?.close();
      open.current = openCanvasChart(place, { spec, onPoint: setPoint });
    };
    draw();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      scheme.removeEventListener('change', draw);
      open.current?.close();
      open.current = null;
    };
  }, [spec, theme, direction, style]);
  useEffect(() => {
    open.current?.mark(point);
  }, [point, spec, theme, direction, style]);
  return (
    <div>
      <div className="chart-strip" aria-live={walking ? 'polite' : 'off'}>
        {point === null ? idle : <PointWords spec={spec} index={point} />}
      </div>
      <div
        className={`canvas-plot ${height}`}
        role="img"
        aria-label={summary}
        tabIndex={0}
        onKeyDown={(event) => {
          const next = walkChart(event.key, point, spec.labels.length);
          if (next === undefined) return;
          event.preventDefault();
          setWalking(true);
          setPoint(next);
        }}
        onBlur={() => {
          setWalking(false);
          setPoint(null);
        }}
        onPointerLeave={() => {
          setPoint(null);
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
      </div>
    </div>
  );
}

function PointWords({ spec, index }: { readonly spec: ChartSpec; readonly index: number }) {
  const label = spec.labels[index];
  if (label === undefined) return null;
  return (
    <>
      <span className="strong">{spec.formatLabel(label)}</span>
      {spec.series.map((series) => {
        const value = series.values[index];
        return (
          <span key={series.id}>
            {series.label} <bdi className="figure">{value === null || value === undefined ? '—' : spec.format(value)}</bdi>
          </span>
        );
      })}
    </>
  );
}
