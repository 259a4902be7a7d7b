/** Where a request came from, for the audit log. */
export interface Asker {
  readonly requestId: string;
  readonly ip: string;
}
