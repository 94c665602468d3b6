/** The one line to the host, and whether it holds. */
import { createClient } from '../../app/rpc.ts';
import { bridge, httpTransport } from '../client/transport.ts';

class Connection {
  lost = $state(false);
  /** called when the host is back, since events were missed */
  readonly onReturn = new Set<() => void>();

  set(connected: boolean): void {
    const returned = connected && this.lost;
    this.lost = !connected;
    if (returned) for (const listener of this.onReturn) listener();
  }
}

export const connection = new Connection();
export const client = createClient(bridge ?? httpTransport((is) => connection.set(is)));
