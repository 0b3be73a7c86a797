// Says what is needed when Node is too old to run TypeScript sources; the workspace brings its own Node on glibc Linux.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `pgmcp needs Node 22.18 or newer to build and test (this is ${process.versions.node}).\nInstall a newer Node, for example from https://nodejs.org, and run the command again.\n`,
  );
  process.exit(1);
}
