/** Who asks about a portfolio, with what the audit log wants to know. */
export interface PortfolioCaller {
  readonly userId: string;
  readonly requestId: string;
  readonly ip: string;
  /** The user's own choices, where they are known. */
  readonly baseCurrency?: string;
  readonly timeZone?: string;
}
