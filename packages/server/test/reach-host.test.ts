import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isContainer } from '../src/doctor/reach-host.ts';

it('tells a process in a container from one that is not', () => {
  const root = mkdtempSync(join(tmpdir(), 'pgmcp-root-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  expect(isContainer(root)).toBe(false);
  mkdirSync(join(root, 'proc/1'), { recursive: true });
  writeFileSync(join(root, 'proc/1/cgroup'), '0::/system.slice/ssh.service\n');
  expect(isContainer(root)).toBe(false);
  writeFileSync(join(root, 'proc/1/cgroup'), '12:pids:/kubepods/burstable/pod1\n');
  expect(isContainer(root)).toBe(true);
  rmSync(join(root, 'proc'), { recursive: true });
  writeFileSync(join(root, '.dockerenv'), '');
  expect(isContainer(root)).toBe(true);
});
