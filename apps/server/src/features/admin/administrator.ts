/** Who acts, with what the audit log wants to know. */
export interface Administrator {
  readonly actorId: string;
  readonly requestId: string;
  readonly ip: string;
}
