import { registerTypeScript } from '../../../scripts/typescript-loader.js';

/** JavaScript, because jest's own loader for this file knows neither ES modules in TypeScript nor the `#libs` imports. */
export default async function globalSetup() {
  registerTypeScript();
  const { startTestServer } = await import('./server.ts');
  await startTestServer();
}
