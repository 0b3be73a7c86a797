import { existsSync } from 'node:fs';

/** The folder with the evaluation data, which is no part of the repository. Ends the process when it is missing. */
export function evaluationData(): string {
  const folder = process.env['PGMCP_EVAL_DATA'];
  if (folder === undefined || !existsSync(folder)) {
    console.error(
      folder === undefined
        ? 'PGMCP_EVAL_DATA is not set. Set it to the folder that holds the evaluation data.'
        : `PGMCP_EVAL_DATA names ${folder}, which does not exist.`,
    );
    process.exit(2);
  }
  return folder;
}
