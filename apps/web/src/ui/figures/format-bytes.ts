import { formatCount, type FigureStyle } from './format-figure.ts';

const STEP = 1024;
const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** The size of a file: 48,211 is 47.1 KB. */
export function formatBytes(bytes: number, style: FigureStyle): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(STEP)));
  const size = Math.round((bytes / STEP ** power) * 10) / 10;
  return `${formatCount(size, style)}\u00A0${UNITS[power] ?? 'B'}`;
}
