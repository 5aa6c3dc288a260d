/** A link that a customer was sent. */
export interface Link {
  readonly purpose: 'connect' | 'relink' | 'setup';
  readonly environmentId: string;
  readonly endUser: { readonly organizationName: string; readonly email: string; readonly originId: string | null };
  readonly tool: string | null;
  /** Of a relink or setup link. */
  readonly integrationId: string | null;
}

/** What the customer's page hands over; exchanged once. */
export interface Handover {
  readonly integrationId: string;
  readonly email: string;
  /** `integration-created` comes only now. */
  readonly announcesLate: boolean;
}
