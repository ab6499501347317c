import type { ReactNode } from "react";

import { HistoryReader } from "@/components/audit/history-reader";
import { BooksFrame } from "@/components/shell/books-frame";
import { pageAccount, pageCtx } from "@/lib/auth/session";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { MONTH_NAMES } from "@/lib/domain/date-text";
import { monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";

/** The frame around every page of the books, for whoever is signed in. */
export default async function BooksLayout({ children }: { readonly children: ReactNode }) {
  const { organization, actor, now } = await pageCtx();
  const { user, belongings } = await pageAccount();
  const { id, name, baseCurrency, fiscalYearStart, demo } = organization;
  const mayRead = can(actor.roles, "account:read");

  return (
    <BooksFrame
      organization={{
        id,
        name,
        note: `${baseCurrency} · fiscal year from ${MONTH_NAMES[fiscalYearStart - 1]}`,
      }}
      organizations={belongings.map((place) => ({ id: place.organizationId, name: place.name }))}
      account={{ name: user.name, email: user.email }}
      currentMonth={monthOf(utcDateOf(now))}
      hiddenPages={[
        ...(mayRead ? [] : (["api-accounts"] as const)),
        ...(can(actor.roles, "closing:read") ? [] : (["closing"] as const)),
      ]}
      demo={demo}
    >
      <HistoryReader may={can(actor.roles, "history:read")}>{children}</HistoryReader>
    </BooksFrame>
  );
}
