import { useEffect, useRef, useState } from 'react';
import { sharedPrefix } from './decimal-text.ts';
import { formatPrice } from './format-figure.ts';
import { Figure, Missing } from './figures.tsx';
import { useFigureStyle } from './use-figure-style.ts';

interface Shown {
  readonly text: string;
  readonly shared: number;
  readonly tint: 'tint-up' | 'tint-down' | null;
  readonly turn: number;
}

interface LivePriceProps {
  readonly value: string | null | undefined;
  readonly tickSize?: string | null | undefined;
  readonly currency?: string | undefined;
}

/** A price that ticks: only the digits that changed take the colour of the direction, and let go of it again. Nothing is announced. */
export function LivePrice({ value, tickSize, currency }: LivePriceProps) {
  const { style } = useFigureStyle();
  const text = value === null || value === undefined ? null : formatPrice(value, style, { tickSize, currency });
  const last = useRef<{ text: string; value: string } | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (text === null || typeof value !== 'string') return;
    const before = last.current;
    last.current = { text, value };
    if (before === null || before.text === text) return;
    const rose = Number(value) > Number(before.value);
    setShown((previous) => ({
      text,
      shared: sharedPrefix(before.text, text),
      tint: rose ? 'tint-up' : 'tint-down',
      turn: (previous?.turn ?? 0) + 1,
    }));
  }, [text, value]);
  if (text === null) return <Missing />;
  if (shown?.text !== text || shown.tint === null) return <Figure>{text}</Figure>;
  return (
    <Figure>
      <span key={`dot${String(shown.turn)}`} className="recent-dot recent" />
      {text.slice(0, shown.shared)}
      <span key={shown.turn} className={shown.tint}>
        {text.slice(shown.shared)}
      </span>
    </Figure>
  );
}
