// Prints the schemas of every tool as they are listed, as JSON by name, for programs that are bundled.
import { TOOLS } from '../src/tools/index.ts';
import { listedSchemas } from '../src/tools/listed-schema.ts';

process.stdout.write(JSON.stringify(Object.fromEntries(TOOLS.map((tool) => [tool.name, listedSchemas(tool)]))));
