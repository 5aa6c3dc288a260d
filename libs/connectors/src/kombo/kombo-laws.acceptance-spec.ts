import { describeConnector } from '../acceptance/describe-connector.js';
import { kombo } from './index.js';

describeConnector(kombo, {
  sizes: { candidates: 600, jobs: 300, users: 300 },
  resultSettings: { 'result-link': {}, note: {} },
  sparse: false,
});
