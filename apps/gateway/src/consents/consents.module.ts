import { Module } from '@nestjs/common';
import { Grants } from './grants.js';
import { Ledger } from './ledger.js';

/** The ledger, and the grants that follow from it. */
@Module({ providers: [Ledger, Grants], exports: [Ledger, Grants] })
export class ConsentsModule {}
