// Loaded before a program: writes what the program loaded by its first answers to the file that LOADED_MODULES names, when it ends.
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const files = [];
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url.startsWith('file:')) files.push({ url, bytes: Buffer.byteLength(loaded.source ?? '') });
    return loaded;
  },
});
process.on('exit', () => {
  const ownModules = process.moduleLoadList.filter((name) => name.startsWith('NativeModule ')).length;
  writeFileSync(process.env.LOADED_MODULES, JSON.stringify({ files, ownModules }));
});
