export type { TestCluster } from './cluster.ts';
export type { TemplateName } from './template.ts';
export type { TestRole, TestRoleOptions } from './test-role.ts';
export { type TestDatabase, type UseDatabaseOptions, useDatabase } from './use-database.ts';
export { useScriptedModel } from './use-scripted-model.ts';
