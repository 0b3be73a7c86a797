export { embedText } from './embed-text.ts';
export type {
  ContentReply,
  FaultReply,
  FixedReply,
  HangUpReply,
  ModelReply,
  RawReply,
  RecordedRequest,
  RequestBody,
  ScriptedUsage,
  StatusReply,
} from './reply.ts';
export { type ScriptedModel, type ScriptedModelOptions, startScriptedModel } from './start-scripted-model.ts';
