export { type Admission, createLimits, type LimitName, type Limits } from './limits.ts';
