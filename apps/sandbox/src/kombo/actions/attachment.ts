export const ATTACHMENT_TYPES = ['CV', 'COVER_LETTER', 'OTHER'] as const;
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number];

/** A file at the ATS, of a candidate or of one of their applications. */
export interface Attachment {
  readonly candidate: number;
  readonly application: number | null;
  readonly type: AttachmentType;
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly createdMs: number;
}

/** A file that can be fetched without a key for a while. */
export interface Resource {
  readonly contentType: string;
  readonly content: Buffer;
  readonly untilMs: number;
}
