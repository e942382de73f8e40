import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvalidArgumentError } from '@rppkit/spec';

/** Listens and gives the port. Rejects with `InvalidArgumentError` for a host or a port that cannot be had. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('port', 'an integer in [0, 65535]', port);
  }
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog: 4096 }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, host, port);
  }
  return (server.address() as AddressInfo).port;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new InvalidArgumentError('port', `free on ${host}`, port, 'It is in use; pass 0 for any free port.');
    case 'EACCES':
      return new InvalidArgumentError('port', 'one that this user may open', port, 'Pass 0 for any free port.');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return new InvalidArgumentError('host', 'an address of this machine', host, "Pass '127.0.0.1'.");
    default:
      return error;
  }
}
