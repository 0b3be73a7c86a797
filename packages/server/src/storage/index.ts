export { createStorage, type Storage, type StorageHealth } from './storage.ts';
