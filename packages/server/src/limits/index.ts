export { type Admission, createLimits, type LimitName, type Limits, type LimitsOptions } from './limits.ts';
