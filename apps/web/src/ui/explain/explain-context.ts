import { createContext, useContext } from 'react';

/**
 * Opens the explanation of a figure, where the page offers one. A wish is the figure's name, `netGain`; of one instrument,
 * `marketValue:AAPL`; a return, `return:timeWeighted`.
 */
export type Explain = (wish: string) => void;

export const ExplainContext = createContext<Explain | null>(null);

export function useExplain(): Explain | null {
  return useContext(ExplainContext);
}
