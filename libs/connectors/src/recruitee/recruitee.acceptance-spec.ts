import { describeConnector } from '../acceptance/describe-connector.js';
import { recruitee } from './index.js';

describeConnector(recruitee, {
  sizes: { candidates: 220, jobs: 50, users: 40 },
  whole: ['user'],
  // Placements, each with an id of its own.
  within: ['application'],
  resultSettings: { note: {} },
  sparse: false,
});
