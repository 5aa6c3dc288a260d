import { Script } from 'node:vm';
import { StartedSandbox } from '../sandbox-under-spec.js';

describe('the page', () => {
  let sandbox: StartedSandbox;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
  });
  afterAll(() => sandbox.close());

  const get = async (path: string) => {
    const response = await fetch(sandbox.url + path);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('runs nothing but its own script, and loads nothing from elsewhere', async () => {
    const { status, headers, text } = await get('/');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(text.match(/(?:src|href)="[^"]*"/g)).toEqual(['href="/page.css"', 'src="/page.js"']);
    expect(text).not.toMatch(/<script>|\son\w+=/);
    expect((await get('/page.css')).status).toBe(200);
  });

  it('has a script that compiles, knows every part of the page that it fills, and makes no markup of what it shows', async () => {
    const [{ text: page }, { text: script }] = [await get('/'), await get('/page.js')];
    expect(() => new Script(script)).not.toThrow();
    const filled = [...script.matchAll(/byId\('([\w-]+)'\)/g)].map(([, id]) => id);
    expect(filled.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(/);
  });

  it('shows the last of the logs only', async () => {
    for (let sent = 0; sent < 3; sent += 1) await sandbox.kombo('sandbox:222k7eCGyUdgt2JWZDNnkDs3', '/ats/jobs');
    const { count, requests } = await sandbox.control('GET', '/requests?last=2');
    expect([count, requests.map(({ number }: { number: number }) => number)]).toEqual([3, [2, 3]]);
    expect((await sandbox.request('GET', '/control/kombo/requests?last=many')).status).toBe(400);
    expect((await sandbox.request('GET', '/control/kombo/webhooks?lsat=2')).status).toBe(400);
  });
});
