"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

import {
  NAVIGATION,
  type NavigationBadges,
  type NavigationItem,
  type NavigationKey,
} from "@/components/shell/navigation";
import { useKeepMonth } from "@/components/shell/period";
import { classNames } from "@/components/ui/class-names";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { Tooltip } from "@/components/ui/tooltip";

type RailProps = {
  readonly badges: NavigationBadges;
  /** Pages that this person has nothing to do with. */
  readonly hidden: readonly NavigationKey[];
};

/** The main navigation: words on a wide screen, icons on a narrower one, a bar at the bottom of a phone. */
export function Rail({ badges, hidden }: RailProps) {
  const items = NAVIGATION.filter((item) => !hidden.includes(item.key));
  return (
    <nav aria-label="Main" className="rail">
      <ul className="flex gap-0.5 max-md:justify-around md:h-full md:flex-col">
        {items.map((item) => (
          <li
            key={item.key}
            className={classNames(
              item.inBar ? "max-md:flex-1" : "max-md:hidden",
              item.key === "settings" && "md:mt-auto",
            )}
          >
            <RailLink item={item} badge={badges[item.key]} />
          </li>
        ))}
        <li className="flex-1 md:hidden">
          <More items={items.filter(({ inBar }) => !inBar)} />
        </li>
      </ul>
    </nav>
  );
}

const IN_BAR = "max-md:flex-col max-md:gap-0.5 max-md:px-0 max-md:py-1.5";

/** What a phone's bar has no room for. */
function More({ items }: { readonly items: readonly NavigationItem[] }) {
  const pathname = usePathname();
  const keepMonth = useKeepMonth();
  const here = items.some(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
  return (
    <DropdownMenu
      side="top"
      trigger={
        <button
          type="button"
          className={classNames(
            "flex w-full items-center rounded-md text-small",
            IN_BAR,
            here ? "bg-subtle font-bold text-ink" : "text-muted hover:bg-subtle hover:text-ink",
          )}
        >
          <Ellipsis aria-hidden className="size-4.5 shrink-0" />
          More
        </button>
      }
    >
      {items.map(({ key, href, label, icon: Icon }) => (
        <MenuItem key={key} href={keepMonth(href)} icon={<Icon aria-hidden />}>
          {label}
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}

function RailLink({ item, badge }: { readonly item: NavigationItem; readonly badge: string | undefined }) {
  const pathname = usePathname();
  const keepMonth = useKeepMonth();
  const current = pathname === item.href || pathname.startsWith(`${item.href}/`);
  const Icon = item.icon;

  return (
    <Tooltip
      side="right"
      className="max-md:hidden xl:hidden"
      content={badge ? `${item.label}: ${badge}` : item.label}
    >
      <Link
        href={keepMonth(item.href)}
        aria-current={current ? "page" : undefined}
        className={classNames(
          "relative flex items-center rounded-md",
          IN_BAR,
          "md:h-9 md:justify-center xl:justify-start xl:gap-2.5 xl:px-2.5",
          current ? "bg-subtle font-bold text-ink" : "text-muted hover:bg-subtle hover:text-ink",
        )}
      >
        <Icon aria-hidden className="size-4.5 shrink-0" />
        <span className="min-w-0 truncate max-md:text-small md:max-xl:sr-only">{item.label}</span>
        {badge !== undefined && (
          <>
            <span className="ml-auto whitespace-nowrap font-normal text-small text-warning max-xl:sr-only">
              {badge}
            </span>
            <span
              aria-hidden
              className="absolute top-1 right-[calc(50%-1rem)] size-2 rounded-full bg-warning-fill xl:hidden"
            />
          </>
        )}
      </Link>
    </Tooltip>
  );
}
