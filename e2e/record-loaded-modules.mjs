// Loaded before a program: writes what the program loaded and ran by its first answers to the file that LOADED_MODULES names, when it ends.
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const files = [];
const ran = [];
globalThis.recordModule = (name) => ran.push(name);

// How a bundle of esbuild runs a module when it is first asked for; the only key of the object is the path of the module.
const RUNS = /\(0,(fn|cb)\[__getOwnPropNames\(\1\)\[0\]\]\)/g;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.startsWith('file:')) return loaded;
    const source = String(loaded.source ?? '');
    files.push({ url, bytes: Buffer.byteLength(source) });
    if (!url.endsWith('/bundle/program.cjs')) return loaded;
    const recording = source.replace(RUNS, '(recordModule(__getOwnPropNames($1)[0]),$1[__getOwnPropNames($1)[0]])');
    return { ...loaded, source: recording };
  },
});
process.on('exit', () => {
  const ownModules = process.moduleLoadList.filter((name) => name.startsWith('NativeModule ')).length;
  writeFileSync(process.env.LOADED_MODULES, JSON.stringify({ files, ran, ownModules }));
});
