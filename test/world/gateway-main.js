/** A gateway as a process of its own, from the sources: what `node dist/apps/gateway/src/main.js` is after a build. */
import { registerTypeScript } from '../../scripts/typescript-loader.js';

registerTypeScript();
await import('../../apps/gateway/src/main.ts');
