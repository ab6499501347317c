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
  /** Where there is room for one short word. */
  readonly shortLabel: string;
  readonly icon: LucideIcon;
};

/** What waits on a page: "2 missing". */
export type NavigationBadges = Readonly<Partial<Record<NavigationKey, string>>>;

/** The pages of the rail, settings last and apart. */
export const NAVIGATION: readonly NavigationItem[] = [
  { key: "budget", href: "/budget", label: "Budget", shortLabel: "Budget", icon: ChartColumnStacked },
  { key: "seats", href: "/seats", label: "Seats", shortLabel: "Seats", icon: Armchair },
  { key: "invoices", href: "/invoices", label: "Invoices", shortLabel: "Invoices", icon: ReceiptText },
  { key: "usage", href: "/usage", label: "Usage", shortLabel: "Usage", icon: Activity },
  { key: "advice", href: "/advice", label: "Advice", shortLabel: "Advice", icon: Lightbulb },
  { key: "people", href: "/people", label: "People", shortLabel: "People", icon: Users },
  { key: "api-accounts", href: "/api-accounts", label: "API accounts", shortLabel: "API", icon: KeyRound },
  { key: "closing", href: "/closing", label: "Close", shortLabel: "Close", icon: LockKeyhole },
  { key: "settings", href: "/settings", label: "Settings", shortLabel: "Settings", icon: Settings },
];
