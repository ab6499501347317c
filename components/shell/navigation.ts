import {
  Activity,
  Armchair,
  ChartColumnStacked,
  KeyRound,
  Lightbulb,
  LockKeyhole,
  type LucideIcon,
  ReceiptText,
  Settings,
  Users,
} from "lucide-react";

export type NavigationKey =
  | "budget"
  | "seats"
  | "invoices"
  | "usage"
  | "advice"
  | "people"
  | "api-accounts"
  | "closing"
  | "settings";

export type NavigationItem = {
  readonly key: NavigationKey;
  readonly href: string;
  readonly label: string;
  /** Has a place of its own in the bar of a phone; the others are behind one. */
  readonly inBar?: boolean;
  readonly icon: LucideIcon;
};

/** What waits on a page: "2 missing". */
export type NavigationBadges = Readonly<Partial<Record<NavigationKey, string>>>;

/** The pages of the rail, settings last and apart. */
export const NAVIGATION: readonly NavigationItem[] = [
  { key: "budget", inBar: true, href: "/budget", label: "Budget", icon: ChartColumnStacked },
  { key: "seats", inBar: true, href: "/seats", label: "Seats", icon: Armchair },
  { key: "invoices", inBar: true, href: "/invoices", label: "Invoices", icon: ReceiptText },
  { key: "usage", inBar: true, href: "/usage", label: "Usage", icon: Activity },
  { key: "advice", inBar: true, href: "/advice", label: "Advice", icon: Lightbulb },
  { key: "people", href: "/people", label: "People", icon: Users },
  { key: "api-accounts", href: "/api-accounts", label: "API accounts", icon: KeyRound },
  { key: "closing", href: "/closing", label: "Close", icon: LockKeyhole },
  { key: "settings", href: "/settings", label: "Settings", icon: Settings },
];
