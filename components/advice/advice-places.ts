import type { Place } from "@/components/shell/place-nav";
import { can, type Role } from "@/lib/domain/permission";

/** The parts of the advice that somebody may see, in the order in which they are asked for. */
export const advicePlaces = (roles: readonly Role[]): Place[] => [
  { href: "/advice/break-even", label: "Break-even" },
  { href: "/advice/findings", label: "Findings" },
  ...(can(roles, "idle-seat:read") ? [{ href: "/advice/idle-seats", label: "Idle seats" }] : []),
  ...(can(roles, "renewal:read") ? [{ href: "/advice/renewals", label: "Renewals" }] : []),
  ...(can(roles, "scenario:read") ? [{ href: "/advice/scenarios", label: "What if" }] : []),
  { href: "/advice/workloads", label: "Workloads" },
];
