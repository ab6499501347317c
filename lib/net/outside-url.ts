import ipaddr from "ipaddr.js";

import { DomainError } from "@/lib/domain/errors";

/**
 * An address outside that this server may be sent to, because whoever may set one could else have it read what only
 * this machine and its neighbours may: its database, a cloud's keys, a router.
 *
 * @param url what somebody typed
 * @param field the input that it came from
 * @throws DomainError invalid_input
 */
export function checkOutsideUrl(url: string, field = "url"): URL {
  const refuse = (message: string) =>
    new DomainError("invalid_input", "Some fields are not valid.", { fields: { [field]: message } });
  if (!URL.canParse(url)) throw refuse("Enter a whole address: https://example.com/path.");
  // The standard's parser brings decimal, octal, hexadecimal and full-width addresses into one form.
  const parsed = new URL(url);
  if (parsed.username || parsed.password) throw refuse("Leave out the name and password before the @.");
  if (isAllowedHost(parsed)) return parsed;
  if (parsed.protocol !== "https:") throw refuse("The address begins with https://.");
  if (!hasOutsideHost(parsed)) {
    throw refuse(
      "It leads into a private network. Whoever runs this server can allow it by its host and port.",
    );
  }
  return parsed;
}

/** Whether whoever runs the server allows this host and port, wherever it leads: TWOLINE_ALLOWED_HOSTS. */
export function isAllowedHost({ protocol, hostname, port }: URL): boolean {
  if (protocol !== "https:" && protocol !== "http:") return false;
  const asked = `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
  const allowed = (process.env.TWOLINE_ALLOWED_HOSTS ?? "")
    .split(",")
    .map((host) => host.trim().toLowerCase());
  return allowed.includes(asked);
}

/** Whether an address is one of the public Internet, and no other one in disguise. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  // Of IPv6 the public one is 2000::/3; what lies beside it and is called nothing special reaches who knows whom.
  const [firstByte = 0] = parsed.toByteArray();
  return parsed.range() === "unicast" && (parsed.kind() === "ipv4" || firstByte >> 5 === 1);
}

function hasOutsideHost({ hostname }: URL): boolean {
  const name = hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
  if (ipaddr.isValid(name)) return isPublicAddress(name);
  // Names without a dot, and these ends, are only ever those of a machine or a network of one's own.
  return name.includes(".") && !/\.(localhost|local|internal|intranet|lan|home\.arpa)$/.test(name);
}
