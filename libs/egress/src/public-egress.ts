import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { EGRESS_REFUSED, hostOf, isInternal, isListed, isNeverCalled, lookupGuardedBy } from './egress.js';

/** What may be called besides the public: hosts that are listed may be internal and, where `plainHttp`, be called without TLS. */
export interface PublicEgress {
  readonly allowedHosts: readonly string[];
  readonly plainHttp: boolean;
}

/** Whether an address that somebody gave us, of any public host, may be called. A name is asked about again at each connection (`publicLookup`). */
export function isPublicEgress(url: URL, { allowedHosts, plainHttp }: PublicEgress): boolean {
  const host = hostOf(url);
  const listed = isListed(host, allowedHosts);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && plainHttp && listed);
  const plain = url.username === '' && url.password === '';
  return secure && plain && (isIP(host) === 0 || mayBeReached(host, listed));
}

const mayBeReached = (address: string, listed: boolean): boolean => !isNeverCalled(address) && (listed || !isInternal(address));

/** DNS for sockets to such addresses: a name that points inside, even by one of its addresses, is refused unless it is listed. */
export const publicLookup = ({ allowedHosts }: PublicEgress) =>
  lookupGuardedBy((name, address) => mayBeReached(address, isListed(name.toLowerCase(), allowedHosts)));

/** Whether the name may be called as it resolves now. One that does not resolve (yet) may: nothing can be called by it. */
export async function mayResolvePublicly(url: URL, { allowedHosts }: PublicEgress): Promise<boolean> {
  const host = hostOf(url);
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.every(({ address }) => mayBeReached(address, isListed(host, allowedHosts)));
}

/** Whether a socket's error says that a guarded lookup refused. */
export const isEgressRefusal = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === EGRESS_REFUSED;
