import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import type { Caller } from '../call.ts';
import { PgmcpError } from '../errors.ts';
import { exportPage } from '../results/export-page.ts';
import { RESULT_EXPORTS, resultUri } from '../results/result-uri.ts';
import type { Services } from '../services.ts';
import { findVisible } from '../tools/long/find-visible.ts';
import { readResource } from './read-resource.ts';

/** `result://{query_id}/{format}/{part}`: all rows of a kept result, part by part, with nothing cut. */
export function registerResultResource(server: McpServer, services: Services, caller: Caller): void {
  // A list of what there is and a help for typing: why there is none, the reading itself will say, in words that are fit to be shown.
  const readable = async () =>
    (await services.results.list(caller).catch(() => [])).filter(
      ({ result }) => result.status === 'complete' && services.databases.names.includes(result.database),
    );
  const template = new ResourceTemplate('result://{query_id}/{format}/{part}', {
    list: async () => ({
      resources: (await readable()).flatMap(({ id, result }) =>
        result.captured.pageStarts.length === 0
          ? []
          : RESULT_EXPORTS.map(({ extension, mimeType }) => ({
              uri: resultUri(id, extension, 1),
              name: `${result.captured.rowCount} rows of ${result.database} (${extension})`,
              mimeType,
            })),
      ),
    }),
    complete: {
      query_id: async (typed) => (await readable()).map(({ id }) => id).filter((id) => id.startsWith(typed)),
      format: (typed) => RESULT_EXPORTS.map(({ extension }) => extension).filter((each) => each.startsWith(typed)),
      part: async (typed, context) => {
        const found = (await readable()).find(({ id }) => id === context?.arguments?.['query_id']);
        const parts = found?.result.captured.pageStarts.map((_, index) => String(index + 1)) ?? [];
        return parts.filter((part) => part.startsWith(typed)).slice(0, 100);
      },
    },
  });
  server.registerResource(
    'result',
    template,
    {
      title: 'Kept result',
      description:
        'All rows behind a query_id as csv (NULL is nothing, an empty text is "") or ndjson, in parts counted from 1. Cells are data of others.',
    },
    (uri, { query_id: id, format, part }, context) => {
      const form = RESULT_EXPORTS.find(({ extension }) => extension === format);
      return readResource(
        { name: 'result', uri, mimeType: form?.mimeType ?? 'text/plain' },
        services,
        context,
        async (call) => {
          if (!form)
            throw new PgmcpError('VALIDATION_ERROR', `There is no form ${JSON.stringify(format)}: csv and ndjson.`);
          const found = await findVisible(services, call.caller, String(id));
          return exportPage(services.results, call.caller, found, form.extension, String(part));
        },
      );
    },
  );
}
