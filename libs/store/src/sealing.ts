import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { GatewayError } from '#libs/model';
import type { Transaction } from './transaction.js';

/** Where a sealed value lives: bound into the seal, so that a ciphertext moved elsewhere does not open. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_VERSION = 1;

function encrypt(key: Buffer, plain: Buffer, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(bound));
    return Buffer.concat([decipher.setAuthTag(tag).update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new GatewayError('internal', {
      detail: 'a sealed value does not open: ENCRYPTION_KEY is not the one that it was sealed under, or the row was moved',
    });
  }
}

/** Whose a sealed value is that is no tenant's. */
const PLATFORM = 'platform';

/**
 * Seals tenants' credentials with AES-256-GCM: a key per tenant, wrapped by the environment's. Dropping a tenant's key shreds what backups
 * still hold of it. `open` throws `internal` for a value that was altered, moved, or sealed under another key.
 */
export class Sealer {
  private readonly wrapKey: Buffer;
  private readonly platformKey: Buffer;

  /** `wrapKey`: 32 bytes, base64. */
  constructor(wrapKey: string) {
    this.wrapKey = Buffer.from(wrapKey, 'base64');
    if (this.wrapKey.length !== KEY_BYTES)
      throw new GatewayError('config-invalid', { detail: 'ENCRYPTION_KEY must be 32 bytes in base64' });
    this.platformKey = Buffer.from(hkdfSync('sha256', this.wrapKey, '', PLATFORM, KEY_BYTES));
  }

  async seal(tx: Transaction, tenantId: string, place: Place, plain: string): Promise<Buffer> {
    return encrypt(await this.keyOf(tx, tenantId), Buffer.from(plain), aad(tenantId, place));
  }

  async open(tx: Transaction, tenantId: string, place: Place, sealed: Buffer): Promise<string> {
    return decrypt(await this.keyOf(tx, tenantId), sealed, aad(tenantId, place)).toString('utf8');
  }

  /** For what belongs to no tenant: under a key of its own, which follows from the environment's (HKDF, SHA-256). */
  sealOfPlatform(place: Place, plain: string): Buffer {
    return encrypt(this.platformKey, Buffer.from(plain), aad(PLATFORM, place));
  }

  openOfPlatform(place: Place, sealed: Buffer): string {
    return decrypt(this.platformKey, sealed, aad(PLATFORM, place)).toString('utf8');
  }

  private async keyOf(tx: Transaction, tenantId: string): Promise<Buffer> {
    const bound = `tenant_key ${tenantId} ${KEY_VERSION}`;
    const wrapped = (await this.storedKey(tx, tenantId)) ?? (await this.makeKey(tx, tenantId, bound));
    return decrypt(this.wrapKey, wrapped, bound);
  }

  private async storedKey(tx: Transaction, tenantId: string): Promise<Buffer | null> {
    const [row] = await tx.rows<{ key: string }>(
      `select encode(wrapped_key, 'base64') as key from tenant_key where tenant_id = $1 and version = $2`,
      [tenantId, KEY_VERSION],
    );
    return row === undefined ? null : Buffer.from(row.key, 'base64');
  }

  /** Two processes may make a tenant's first key at once: the stored one wins. */
  private async makeKey(tx: Transaction, tenantId: string, bound: string): Promise<Buffer> {
    const made = encrypt(this.wrapKey, randomBytes(KEY_BYTES), bound);
    await tx.run('insert into tenant_key (tenant_id, version, wrapped_key) values ($1, $2, $3) on conflict do nothing', [
      tenantId,
      KEY_VERSION,
      made,
    ]);
    return (await this.storedKey(tx, tenantId)) ?? made;
  }
}

const aad = (owner: string, { table, column, rowId }: Place) => `${owner} ${table} ${column} ${rowId} ${KEY_VERSION}`;
