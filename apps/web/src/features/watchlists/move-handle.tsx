import { useRef, type KeyboardEvent, type PointerEvent as ReactPointerEvent } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Icon } from '../../ui/icon.tsx';
import type { MoveItem } from './use-move-item.ts';

interface MoveHandleProps {
  readonly symbol: string;
  /** From 0. */
  readonly place: number;
  readonly count: number;
  readonly moving: MoveItem;
}

/** Takes a row to another place: with a pointer by dragging, with keys by the arrows, Home and End. */
export function MoveHandle({ symbol, place, count, moving }: MoveHandleProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLButtonElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const places: Readonly<Record<string, number>> = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: count - 1 };
    const next = places[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (next < 0 || next >= count || next === place) return;
    moving.commit(symbol, next);
    // A row that is taken elsewhere in the page loses the focus.
    requestAnimationFrame(() => ref.current?.focus());
  };
  return (
    <button
      ref={ref}
      type="button"
      className="icon-button move-handle"
      data-place={place}
      aria-label={t('watch.drag', { symbol })}
      title={t('watch.drag', { symbol })}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        startDragging(event, place, {
          over: (under) => {
            moving.preview(symbol, under);
          },
          drop: (under) => {
            if (under !== place) moving.commit(symbol, under);
          },
        });
      }}
    >
      <Icon name="grip" />
    </button>
  );
}

interface Dragging {
  readonly over: (place: number) => void;
  readonly drop: (place: number) => void;
}

/** Follows the pointer over the whole page, since the row itself moves under it meanwhile. */
function startDragging(start: ReactPointerEvent<HTMLElement>, from: number, { over, drop }: Dragging): void {
  if (start.button !== 0) return;
  start.preventDefault();
  start.currentTarget.focus();
  let place = from;
  const onMove = (event: PointerEvent): void => {
    const under = placeUnder(event);
    if (under === null || under === place) return;
    place = under;
    over(place);
  };
  const stop = (): void => {
    removeEventListener('pointermove', onMove);
    removeEventListener('pointerup', stop);
    removeEventListener('pointercancel', stop);
    drop(place);
  };
  addEventListener('pointermove', onMove);
  addEventListener('pointerup', stop);
  addEventListener('pointercancel', stop);
}

/** The place of the row that the pointer is over, or null beside the table. */
function placeUnder(event: PointerEvent): number | null {
  const row = document.elementFromPoint(event.clientX, event.clientY)?.closest('tr');
  const place = row?.querySelector<HTMLElement>('[data-place]')?.dataset['place'];
  return place === undefined ? null : parseInt(place, 10);
}
