import { useEffect, useRef } from 'react';
import { Notice } from '../states.tsx';

/** What is wrong with the form as a whole. It takes focus, so that it is read before the fields are tried again. */
export function FormProblem({ text }: { readonly text: string | null }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text !== null) ref.current?.focus();
  }, [text]);
  if (text === null) return null;
  return (
    <div ref={ref} role="alert" tabIndex={-1}>
      <Notice look="danger">{text}</Notice>
    </div>
  );
}
