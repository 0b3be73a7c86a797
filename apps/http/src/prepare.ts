import { prepareToServe } from '@pgmcp/server';

// Done when this module is loaded, which is before those that are imported after it.
prepareToServe(process.argv.slice(2));
