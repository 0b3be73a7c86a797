export { findFreePort } from './free-port.ts';
export { mayTestWith } from './may-test-with.ts';
