/** Something that has an end. */
interface Closable {
  close(): Promise<void>;
}

/**
 * Closes stage after stage, and what stands in one stage at the same time. What fails to close keeps nothing else open.
 *
 * @throws the first failure, when everything was closed
 */
export async function closeInTurn(stages: readonly (readonly Closable[])[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stage of stages) {
    const ends = await Promise.allSettled(stage.map(async (part) => part.close()));
    for (const end of ends) if (end.status === 'rejected') failures.push(end.reason);
  }
  if (failures.length > 0) throw failures[0];
}
