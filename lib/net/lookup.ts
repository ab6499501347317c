import "server-only";

import { type LookupAddress, lookup } from "node:dns";
import type { LookupFunction } from "node:net";

import { isAllowedHost, isPublicAddress } from "@/lib/net/outside-url";

/**
 * Looks a name up for a connection, and refuses it unless all that it stands for is public. The connection goes to the
 * very addresses that were looked at, so a name that answers otherwise the next time gains nothing.
 */
export const guardedLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const addresses: LookupAddress[] = error ? [] : found;
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
      done(refused(error ? "its name is not known" : "its name stands for a private network"), "");
    } else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

/** How a connection to a checked address finds its host: guarded, unless whoever runs the server allows that host and port. */
export function lookupOf(url: URL): LookupFunction {
  return isAllowedHost(url) ? lookup : guardedLookup;
}

/** Why no connection was made, in words of our own. */
export class RefusedAddress extends Error {
  override readonly name = "RefusedAddress";
}

function refused(reason: string): NodeJS.ErrnoException {
  return new RefusedAddress(reason);
}
