import { isPublicEgress, publicLookup } from './public-egress.js';

const PRODUCTION = { allowedHosts: [], plainHttp: false };
const DEVELOPMENT = { allowedHosts: ['127.0.0.1', 'localhost', 'receiver.test'], plainHttp: true };

const may = (address: string, egress: typeof PRODUCTION | typeof DEVELOPMENT) => isPublicEgress(new URL(address), egress);

describe('an address that somebody gives us', () => {
  it.each([
    'https://hooks.customer.example/a?b=c',
    'https://hooks.customer.example:8443',
    'https://93.184.216.34/',
    'https://[2606:4700::1111]/',
  ])('may be that of any public host: %s', (address) => expect(may(address, PRODUCTION)).toBe(true));

  it.each([
    ['http', 'http://hooks.customer.example'],
    ['another scheme', 'ftp://hooks.customer.example'],
    ['credentials', 'https://user:word@hooks.customer.example'],
    ['a user alone', 'https://user@hooks.customer.example'],
    ['this machine', 'https://127.0.0.1'],
    ['this machine over IPv6', 'https://[::1]'],
    ['this machine inside IPv6', 'https://[::ffff:127.0.0.1]'],
    ['this machine as a number', 'https://2130706433'],
    ['this machine in octal', 'https://0177.0.0.1'],
    ['all interfaces', 'https://0.0.0.0'],
    ['all interfaces over IPv6', 'https://[::]'],
    ['a private network', 'https://10.1.2.3'],
    ['a private network inside NAT64', 'https://[64:ff9b::10.1.2.3]'],
    ['a private network inside 6to4', 'https://[2002:a01:203::1]'],
    ['a carrier’s network', 'https://100.64.0.1'],
    ['a unique local address', 'https://[fd12::1]'],
    ['a multicast address', 'https://224.0.0.1'],
    ['the metadata service', 'https://169.254.169.254'],
    ['the metadata service inside IPv6', 'https://[::ffff:169.254.169.254]'],
    ['a link-local address', 'https://[fe80::1]'],
  ])('may not be, or have, %s', (_what, address) => {
    expect(may(address, PRODUCTION)).toBe(false);
  });

  it('may be an internal one that is listed, in development without TLS; the metadata service never', () => {
    expect(may('http://127.0.0.1:9000/hook', DEVELOPMENT)).toBe(true);
    expect(may('http://receiver.test/', DEVELOPMENT)).toBe(true);
    expect(may('http://127.0.0.1:9000/hook', { ...DEVELOPMENT, plainHttp: false })).toBe(false);
    expect(may('https://127.0.0.1:9000/hook', { ...DEVELOPMENT, plainHttp: false })).toBe(true);
    expect(may('http://127.0.0.2/', DEVELOPMENT)).toBe(false);
    expect(may('http://169.254.169.254/', { allowedHosts: ['169.254.169.254'], plainHttp: true })).toBe(false);
  });
});

describe('the lookup of its sockets', () => {
  const lookedUp = (name: string, allowedHosts: string[]) =>
    new Promise((resolve) =>
      publicLookup({ allowedHosts, plainHttp: true })(name, { all: true }, (error, found) => resolve(error ?? found)),
    );

  it('gives an internal address of a listed name alone', async () => {
    expect(await lookedUp('localhost', ['localhost'])).toEqual(
      expect.arrayContaining([expect.objectContaining({ address: expect.any(String) })]),
    );
    expect(await lookedUp('localhost', [])).toMatchObject({ code: 'EGRESS_REFUSED' });
  });

  it('never gives a metadata service’s', async () => {
    expect(await lookedUp('169.254.169.254', ['169.254.169.254'])).toMatchObject({ code: 'EGRESS_REFUSED' });
  });
});
