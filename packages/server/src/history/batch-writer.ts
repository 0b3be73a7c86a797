/** Writes items in batches, in the background. */
export interface BatchWriter<Item> {
  /** Never waits and never fails; an item that finds no room is dropped and counted. */
  add(item: Item): void;
  /** Writes what waits now. Rejects never. */
  flush(): Promise<void>;
  /** Items that were dropped since the start. */
  readonly dropped: number;
}

/** What {@link createBatchWriter} needs. */
export interface BatchWriterOptions<Item> {
  write(items: readonly Item[]): Promise<unknown>;
  /** Most items that wait. */
  readonly capacity: number;
  /** How long an item waits for others, in milliseconds. */
  readonly delayMs: number;
  /** Told once per failed write; the items of that write are dropped. */
  onFailure(error: unknown, lost: number): void;
}

/** Makes a writer for records that may be lost when their place is out of order: the call that they are about must not suffer. */
export function createBatchWriter<Item>({
  write,
  capacity,
  delayMs,
  onFailure,
}: BatchWriterOptions<Item>): BatchWriter<Item> {
  let waiting: Item[] = [];
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function writeAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const items = waiting;
    waiting = [];
    if (items.length === 0) return;
    try {
      await write(items);
    } catch (error) {
      dropped += items.length;
      onFailure(error, items.length);
    }
  }

  const flush = () => {
    writing = writing.then(writeAll);
    return writing;
  };

  return {
    add(item) {
      if (waiting.length >= capacity) {
        dropped += 1;
        return;
      }
      waiting.push(item);
      timer ??= setTimeout(() => void flush(), delayMs).unref();
    },
    flush,
    get dropped() {
      return dropped;
    },
  };
}
