import { ValidateIf } from 'class-validator';

/** A key that need not be there. Other than class-validator's `IsOptional` it does not take null for absent: null is a value like any other. */
export const MayBeLeftOut = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);
