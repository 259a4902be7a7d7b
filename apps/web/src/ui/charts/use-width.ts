import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** The width of an element in pixels, kept up to date. 0 until it is laid out. */
export function useWidth<Part extends HTMLElement>(): [RefObject<Part | null>, number] {
  const ref = useRef<Part>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const part = ref.current;
    if (part === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(part);
    setWidth(Math.floor(part.getBoundingClientRect().width));
    return () => {
      observer.disconnect();
    };
  }, []);
  return [ref, width];
}
