import { boundsOf, linePath } from './scale-line.ts';
import './charts.css';

const BOX = { width: 96, height: 28, padding: 3 };

/** A line without axes, beside a figure that says the same in words: for the eye only. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const bounds = boundsOf(values);
  if (bounds === null || values.length < 2) return null;
  return (
    <svg
      className="sparkline"
      width={BOX.width}
      height={BOX.height}
      viewBox={`0 0 ${String(BOX.width)} ${String(BOX.height)}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        d={linePath(values, bounds, { box: BOX })}
        fill="none"
        stroke="var(--ink-3)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
