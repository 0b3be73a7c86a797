/** Does `count` pieces of work, `width` of them at a time. */
export async function inFlight(width: number, count: number, work: () => Promise<unknown>): Promise<void> {
  let begun = 0;
  const lane = async () => {
    while (begun < count) {
      begun += 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}
