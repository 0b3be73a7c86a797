import { endServerProcess, type MessagePipe, type ServerProcess } from './server-process.ts';

/** Fits the `Transport` interface of both SDKs, whose message types differ only in name. */
export interface StdioTransport<Message> {
  start(): Promise<void>;
  send(message: Message): Promise<void>;
  close(): Promise<void>;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: Message) => void;
  /** The modern client knows a stdio transport by these two members. */
  readonly pid: number | undefined;
  readonly stderr: string;
}

/**
 * Connects an SDK client to a {@link ServerProcess}.
 *
 * The SDKs' own stdio transports keep the process to themselves: no exit code, no stray output, and the modern one starts
 * the program twice and throws the first one's standard error away.
 */
export function createStdioTransport<Message>(pipe: MessagePipe): StdioTransport<Message> {
  const server: ServerProcess = pipe.process;
  const transport: StdioTransport<Message> = {
    pid: server.pid,
    get stderr() {
      return server.stderr();
    },
    async start() {
      await pipe.started;
      pipe.onMessage = (message) => transport.onmessage?.(message as Message);
      void server.exited.then(() => transport.onclose?.());
    },
    send: (message) => pipe.send(message),
    async close() {
      await endServerProcess(pipe);
    },
  };
  return transport;
}
