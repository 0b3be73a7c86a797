export { query, type Replica, startReplica } from './start-replica.ts';
