export {
  type Admission,
  createLimits,
  type LimitName,
  type Limits,
} from './limits.ts';
export { type OpenLimits, openLimits } from './open-limits.ts';
