#!/usr/bin/env node
import { processHost, runProgram } from '@pgmcp/server';
import { serveHttp } from './serve-http.ts';

process.exit(
  await runProgram(
    {
      name: 'pgmcp-http',
      summary: 'a PostgreSQL server for the Model Context Protocol over Streamable HTTP.',
      flags: [
        { flag: 'host', value: 'HOST', description: 'Loopback address to listen on. Default 127.0.0.1.' },
        { flag: 'port', value: 'PORT', description: 'Port to listen on; 0 takes a free one. Default 3000.' },
        {
          flag: 'log-level',
          value: 'LEVEL',
          description: 'Least level that is logged on standard error. Default info.',
        },
      ],
      examples: [
        'DATABASE_URL=postgresql://reader@localhost/shop pgmcp-http',
        'pgmcp-http --config pgmcp.yaml --port 3001',
      ],
      serve: serveHttp,
    },
    processHost({ hangup: 'reload' }),
  ),
);
