import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { GatewayError } from '#libs/model';

/** What a guarded lookup fails with where a name points somewhere that it may not. */
export const EGRESS_REFUSED = 'EGRESS_REFUSED';

const never = new BlockList();
never.addSubnet('0.0.0.0', 8);
never.addSubnet('169.254.0.0', 16);
never.addSubnet('fe80::', 10, 'ipv6');
never.addAddress('::', 'ipv6');
// Metadata services outside the link-local range: Alibaba, Oracle, Azure, AWS over IPv6.
never.addAddress('100.100.100.200');
never.addAddress('192.0.0.192');
never.addAddress('168.63.129.16');
never.addAddress('fd00:ec2::254', 'ipv6');

const internal = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['192.0.0.0', 24],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  internal.addSubnet(network, prefix);
}
for (const [network, prefix] of [
  ['fc00::', 7],
  ['ff00::', 8],
  ['fec0::', 10],
  // Ways to an IPv4 address within an IPv6 one: NAT64, Teredo, 6to4.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
] as const)
  internal.addSubnet(network, prefix, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Whether an address is one that nothing may ever call: link-local, or a metadata service. */
export const isNeverCalled = (address: string): boolean => contains(never, address);

/** Whether an address is of this machine or of a network that is not public. */
export const isInternal = (address: string): boolean => contains(internal, address) || contains(loopback, address);

const contains = (list: BlockList, address: string): boolean => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$/g, '');

/** Of a URL: a name, or an address without brackets. */
export const hostOf = (url: URL): string => bare(url.hostname);

export const isListed = (host: string, allowedHosts: readonly string[]): boolean => allowedHosts.some((allowed) => bare(allowed) === host);

const isLoopbackHost = (host: string): boolean => host === 'localhost' || (isIP(host) !== 0 && contains(loopback, host));

/**
 * Whether a call to this address may leave at all. Exact host name, the port does not matter; https, or http to a listed loopback host;
 * never link-local or a metadata service. Throws `config-invalid`.
 */
export function assertEgress(url: URL, allowedHosts: readonly string[]): void {
  const host = hostOf(url);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(host));
  const listed = isListed(host, allowedHosts);
  const plain = url.username === '' && url.password === '';
  const reachable = isIP(host) === 0 || !contains(never, host);
  if (!secure || !listed || !plain || !reachable) throw egressRefused();
}

export const egressRefused = (): GatewayError =>
  new GatewayError('config-invalid', {
    context: { reason: 'egress' },
    detail: 'the address is not one that may be called; see the list of allowed hosts',
  });

/**
 * Whether a name that resolved to this address may be connected to. Only `localhost` may point to this machine and no name may point
 * inside the network: that is how DNS rebinding works. An internal address has to be listed as such.
 */
export function mayResolveTo(name: string, address: string): boolean {
  if (contains(never, address) || contains(internal, address)) return false;
  return !contains(loopback, address) || name === 'localhost';
}

/** DNS for sockets, which connect to the very addresses that `mayResolve` saw: it is asked for each, and one that it refuses is enough. */
export const lookupGuardedBy =
  (mayResolve: (name: string, address: string) => boolean): LookupFunction =>
  (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '');
      const first = addresses[0];
      if (first === undefined || !addresses.every(({ address }) => mayResolve(name, address))) {
        return callback(Object.assign(new Error(EGRESS_REFUSED), { code: EGRESS_REFUSED }), '');
      }
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

/** DNS for calls to sources. */
export const guardedLookup: LookupFunction = lookupGuardedBy(mayResolveTo);
