import { assertEgress, guardedLookup, mayResolveTo } from './egress.js';

const CONFIG_INVALID = expect.objectContaining({ kind: 'config-invalid' });

describe('an address that a call may go to', () => {
  it.each([
    ['https://api.kombo.dev/v1', ['api.kombo.dev']],
    ['https://api.kombo.dev:8443/v1', ['api.kombo.dev']],
    ['https://API.kombo.dev', ['Api.Kombo.Dev']],
    ['http://127.0.0.1:4010/v1', ['127.0.0.1']],
    ['http://localhost:4010', ['localhost']],
    ['http://[::1]:4010', ['[::1]']],
    ['https://10.1.2.3', ['10.1.2.3']],
  ])('%s with %j on the list', (address, allowed) => {
    expect(() => assertEgress(new URL(address), allowed)).not.toThrow();
  });

  it.each([
    ['a host that is not listed', 'https://evil.example', ['api.kombo.dev']],
    ['a host below a listed one', 'https://x.api.kombo.dev', ['api.kombo.dev']],
    ['a host that ends like a listed one', 'https://notapi.kombo.dev', ['api.kombo.dev']],
    ['a listed name as user', 'https://api.kombo.dev@evil.example', ['api.kombo.dev', 'evil.example']],
    ['http to a host elsewhere', 'http://api.kombo.dev', ['api.kombo.dev']],
    ['http to an internal address', 'http://10.1.2.3', ['10.1.2.3']],
    ['another scheme', 'ftp://127.0.0.1', ['127.0.0.1']],
    ['a metadata service, even listed', 'https://169.254.169.254', ['169.254.169.254']],
    ['a metadata service written as a number', 'https://2852039166', ['169.254.169.254']],
    ['a link-local IPv6 address, even listed', 'https://[fe80::1]', ['[fe80::1]']],
    ['a metadata service inside IPv6', 'https://[::ffff:169.254.169.254]', ['[::ffff:a9fe:a9fe]']],
    ['a metadata service over IPv6', 'https://[fd00:ec2::254]', ['[fd00:ec2::254]']],
    ['the address of all interfaces', 'https://0.0.0.0', ['0.0.0.0']],
    ['a loopback host that is not listed', 'http://127.0.0.2', ['127.0.0.1']],
  ])('refuses %s', (_why, address, allowed) => {
    expect(() => assertEgress(new URL(address), allowed)).toThrow(CONFIG_INVALID);
  });
});

describe('what a name may resolve to', () => {
  it('is a public address', () => {
    expect(mayResolveTo('api.kombo.dev', '93.184.216.34')).toBe(true);
    expect(mayResolveTo('api.kombo.dev', '2606:2800:220:1::1')).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '::1',
    '10.0.0.1',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    'fd12::1',
    '169.254.169.254',
    '::ffff:10.0.0.1',
    '0.0.0.0',
    '64:ff9b::a00:1',
  ])('is not %s', (address) => {
    expect(mayResolveTo('api.kombo.dev', address)).toBe(false);
  });

  it('is this machine for localhost alone', () => {
    expect(mayResolveTo('localhost', '127.0.0.1')).toBe(true);
    expect(mayResolveTo('localhost', '169.254.169.254')).toBe(false);
  });

  it('is checked by the lookup that the sockets use', async () => {
    const addresses = await new Promise((resolve) => guardedLookup('localhost', { all: true }, (_error, found) => resolve(found)));
    expect(addresses).toEqual(expect.arrayContaining([expect.objectContaining({ address: expect.stringMatching(/^(127\.|::1)/) })]));
    const error = await new Promise((resolve) => guardedLookup('127.0.0.1', { all: true }, resolve));
    expect(error).toMatchObject({ code: 'EGRESS_REFUSED' });
  });
});
