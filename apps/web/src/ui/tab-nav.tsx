import { useEffect, useRef, type ReactNode } from 'react';

interface TabNavProps {
  readonly label: string;
  /** Which one is open: when it changes, it is brought into view. */
  readonly chosen: string;
  readonly children: ReactNode;
}

/** Views side by side. Where they do not fit they scroll, and the open one is always in view. */
export function TabNav({ label, chosen, children }: TabNavProps) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const nav = ref.current;
    const open = nav?.querySelector('[aria-current=page]');
    if (nav === null || !(open instanceof HTMLElement)) return;
    const [frame, tab] = [nav.getBoundingClientRect(), open.getBoundingClientRect()];
    // A third of the neighbours stays in sight, so that there is something to see on both sides.
    if (tab.left < frame.left || tab.right > frame.right) nav.scrollLeft += tab.left - frame.left - (frame.width - tab.width) / 3;
  }, [chosen]);
  return (
    <nav ref={ref} className="tabs" aria-label={label}>
      {children}
    </nav>
  );
}
