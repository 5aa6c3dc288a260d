import { describeConnector } from '../acceptance/describe-connector.js';
import { greenhouse } from './index.js';

describeConnector(greenhouse, { sizes: { candidates: 620, jobs: 130, users: 510 }, sparse: true });
