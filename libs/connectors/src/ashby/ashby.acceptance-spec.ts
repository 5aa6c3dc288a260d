import { describeConnector } from '../acceptance/describe-connector.js';
import { ashby } from './index.js';

describeConnector(ashby, { sizes: { candidates: 250, jobs: 110, users: 110 }, sparse: false });
