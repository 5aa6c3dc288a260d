import { describeConnector } from '../acceptance/describe-connector.js';
import { ashby } from './index.js';

describeConnector(ashby, {
  sizes: { candidates: 250, jobs: 110, users: 110 },
  resultSettings: {
    note: {},
    'custom-fields': { roleFitField: 'field-1', resultUrlField: 'field-2' },
    'completed-assessment': { partnerId: 'alva' },
  },
  sparse: false,
});
