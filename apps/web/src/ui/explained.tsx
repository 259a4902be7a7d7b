import { useId } from 'react';
import './explained.css';

interface ExplainedProps {
  readonly label: string;
  /** How the figure is worked out, in a sentence or two. */
  readonly method: string;
}

/** The name of a figure. Pressed, it says how the figure is worked out; a pointer that rests on it reads the same. */
export function Explained({ label, method }: ExplainedProps) {
  const id = useId();
  return (
    <>
      <button type="button" className="explained" popoverTarget={id} title={method}>
        {label}
      </button>
      <span id={id} popover="auto" className="method" role="note">
        {method}
      </span>
    </>
  );
}
