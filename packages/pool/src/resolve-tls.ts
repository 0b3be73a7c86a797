import { type Given, invalid, pick } from './setting-sources.ts';
import { CHANNEL_BINDINGS, type ResolvedSettings, SSL_MODES } from './settings.ts';

/** How a connection is protected. Modes that would protect less than they seem to are refused, as by libpq. */
export function readTls(
  name: string,
  sources: readonly Given[],
): Pick<ResolvedSettings, 'sslMode' | 'sslRootCert' | 'sslCert' | 'sslKey' | 'channelBinding'> {
  const sslRootCert = pick('sslRootCert', sources);
  const sslMode = pick('sslMode', sources) ?? (sslRootCert === 'system' ? 'verify-full' : 'prefer');
  if (!SSL_MODES.includes(sslMode)) throw invalid(name, `sslMode must be one of ${SSL_MODES.join(', ')}`);
  if (sslMode === 'verify-ca' && (sslRootCert === undefined || sslRootCert === 'system')) {
    throw invalid(
      name,
      'sslMode verify-ca needs sslRootCert, a file with your own root certificate (with public roots only verify-full is safe)',
    );
  }
  // Anybody has a certificate that a public root has signed; only its host name says whose it is.
  if (sslRootCert === 'system' && sslMode !== 'verify-full')
    throw invalid(name, `sslMode ${sslMode} is too weak for sslRootCert system; leave sslMode out or use verify-full`);
  const sslCert = pick('sslCert', sources);
  const sslKey = pick('sslKey', sources);
  if ((sslCert === undefined) !== (sslKey === undefined))
    throw invalid(name, 'sslCert and sslKey must be given together');
  const channelBinding = pick('channelBinding', sources) ?? 'prefer';
  if (!CHANNEL_BINDINGS.includes(channelBinding))
    throw invalid(name, `channelBinding must be one of ${CHANNEL_BINDINGS.join(', ')}`);
  if (channelBinding === 'require' && sslMode === 'disable')
    throw invalid(name, 'channelBinding require needs TLS, and sslMode is disable');
  return { sslMode, sslRootCert, sslCert, sslKey, channelBinding };
}
