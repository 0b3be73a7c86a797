import { statSync } from 'node:fs';
import { type Configuration, ConfigurationError } from '../config/index.ts';
import { redact } from '../observe/index.ts';
import type { Services } from '../services.ts';

/** What {@link watchConfiguration} needs. */
export interface WatchParts {
  readonly services: Pick<Services, 'configuration' | 'reload' | 'logger'>;
  /** Reads the configuration again, from where it was read first. */
  load(): Configuration;
  /** How often the files are looked at, in milliseconds. Default: 1,000. */
  readonly intervalMs?: number;
}

/** A watch over the files of the configuration. */
export interface ConfigurationWatch {
  /** Reads the configuration now, changed or not. */
  reload(): Promise<void>;
  close(): void;
}

/**
 * Reloads the configuration when one of its files has changed and has then stayed the same for one interval: an editor writes
 * in several steps. A configuration that does not validate changes nothing and is told in the log.
 *
 * Looks at the files instead of listening for events: mounted secrets are swapped by symbolic links far from the file's folder,
 * and network file systems send no events.
 */
export function watchConfiguration({ services, load, intervalMs = 1_000 }: WatchParts): ConfigurationWatch {
  const { logger } = services;
  let loaded = stampOf(services.configuration.files);
  let seen = loaded;
  let last: Promise<void> = Promise.resolve();

  /** One after the other: of two at once the one that was read first could come into force last. */
  function reload(): Promise<void> {
    last = last.then(reloadNow);
    return last;
  }

  async function reloadNow(): Promise<void> {
    // What changes while it is read is a change against this.
    const { files } = services.configuration;
    loaded = stampOf(files);
    seen = loaded;
    try {
      const next = load();
      const { added, replaced, removed, restartNeeded } = await services.reload(next);
      const filesNow = services.configuration.files;
      if (filesNow.join('\n') !== files.join('\n')) loaded = stampOf(filesNow);
      logger.info({ added, replaced, removed }, 'configuration reloaded');
      if (restartNeeded.length > 0) logger.warn({ restartNeeded }, 'settings that hold only after a restart');
      for (const notice of next.notices) logger.warn(notice);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const problems = error instanceof ConfigurationError ? { problems: error.problems } : { reason: redact(reason) };
      logger.error(problems, 'configuration not reloaded; the former one stays in force');
    }
  }

  const timer = setInterval(() => {
    const now = stampOf(services.configuration.files);
    if (now !== loaded && now === seen) void reload();
    else seen = now;
  }, intervalMs);
  timer.unref();
  return { reload, close: () => clearInterval(timer) };
}

function stampOf(files: readonly string[]): string {
  return JSON.stringify(
    files.map((file) => {
      try {
        const { ino, size, mtimeNs } = statSync(file, { bigint: true });
        return `${ino}/${size}/${mtimeNs}`;
      } catch {
        // Gone, or in a folder that may not be entered now: either way another state than before.
        return 'absent';
      }
    }),
  );
}
