/** Today as a report names it, in UTC. */
export const day = (): string => new Date().toISOString().slice(0, 10);
