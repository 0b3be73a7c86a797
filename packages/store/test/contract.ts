import { describeChanging } from './contract/changing.ts';
import { describeListing } from './contract/listing.ts';
import { describeMisuse } from './contract/misuse.ts';
import { describeOperations } from './contract/operations.ts';
import { describeRefusals } from './contract/refusals.ts';
import { describeSaving } from './contract/saving.ts';
import { type OpenStore, openTasks } from './contract/tasks.ts';

/** What every store does, whatever is behind it. */
export function describeStore(open: OpenStore): void {
  const given = openTasks(open);
  describeSaving(given);
  describeChanging(given);
  describeListing(given);
  describeRefusals(given);
  describeMisuse(given);
  describeOperations(given);
}
