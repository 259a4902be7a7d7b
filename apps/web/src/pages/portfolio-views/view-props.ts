import type { Portfolio } from '@holdfast/sdk';
import type { ReactNode } from 'react';

export interface ViewProps {
  readonly portfolio: Portfolio;
  /** The positions, for the view that ends with them. */
  readonly children: ReactNode;
}
