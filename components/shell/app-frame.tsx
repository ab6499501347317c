"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { AccountMenu, type FrameAccount } from "@/components/shell/account-menu";
import type { Command } from "@/components/shell/commands";
import { ConnectionNotice } from "@/components/shell/connection-notice";
import { NAVIGATION, type NavigationBadges, type NavigationKey } from "@/components/shell/navigation";
import { type FrameOrganization, OrganizationMenu } from "@/components/shell/organization-menu";
import { useKeepMonth, useMonth } from "@/components/shell/period";
import { PeriodPicker } from "@/components/shell/period-picker";
import { Rail } from "@/components/shell/rail";
import { SearchButton } from "@/components/shell/search-button";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

type AppFrameProps = {
  readonly organization: FrameOrganization;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly account: FrameAccount;
  /** The running month, shown when the address names none. */
  readonly currentMonth: Month;
  readonly badges?: NavigationBadges;
  readonly hiddenPages?: readonly NavigationKey[];
  /** Beside the pages of the rail, which are always there. */
  readonly commands?: readonly Command[];
  /** A strip above every page, for demo data. */
  readonly banner?: ReactNode;
  readonly onSwitchOrganization: (organizationId: string) => void;
  readonly onSignOut: () => void;
  readonly children: ReactNode;
};

/** The frame around every page of the books. */
export function AppFrame(props: AppFrameProps) {
  const {
    organization,
    organizations,
    account,
    currentMonth,
    badges = {},
    hiddenPages = [],
    commands = [],
  } = props;
  const queryClient = useQueryClient();
  const keepMonth = useKeepMonth();
  const month = useMonth(currentMonth);

  // Nothing of one person's or one organization's books may stay for the next.
  const leave = (go: () => void) => () => {
    queryClient.clear();
    go();
  };
  const places = NAVIGATION.filter(({ key }) => !hiddenPages.includes(key)).map(
    ({ key, href, label }): Command => ({ id: `go-${key}`, label, group: "Go to", href: keepMonth(href) }),
  );
  const menu = (
    <OrganizationMenu
      organization={organization}
      organizations={organizations}
      onSwitch={(id) => leave(() => props.onSwitchOrganization(id))()}
    />
  );

  return (
    <div className="app-frame">
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <div data-print="hide" className="app-side">
        <section aria-label="These books" className="mb-4 max-xl:hidden">
          {menu}
        </section>
        <Rail badges={badges} hidden={hiddenPages} />
      </div>
      <div className="min-w-0">
        <header data-print="hide" className="top-bar">
          <div className="min-w-0 xl:hidden">{menu}</div>
          <PeriodPicker currentMonth={currentMonth} />
          <div className="ml-auto flex items-center gap-1">
            <SearchButton commands={[...commands, ...places]} />
            <AccountMenu account={account} onSignOut={leave(props.onSignOut)} />
          </div>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-332 px-4 py-4 outline-none max-md:pb-24 md:px-6"
        >
          <p className="hidden pb-2 text-small print:block">
            {organization.name} · {organization.note} · {monthText(month)}
          </p>
          {props.banner !== undefined && <div className="pb-4">{props.banner}</div>}
          <ConnectionNotice />
          {props.children}
        </main>
      </div>
    </div>
  );
}
