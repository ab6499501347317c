"use client";

import { useQuery } from "@tanstack/react-query";

import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/link-button";
import { dateText, monthText } from "@/lib/domain/date-text";
import { remindersQuery } from "@/lib/invoice-duties/queries";

/** The invoices that are late, of whatever month. Nothing while there is none. */
export function RemindersStrip() {
  const reminders = useQuery(remindersQuery());
  return reminders.data?.map(({ id, contract, serviceProvider, month, dueOn, responsible }) => (
    <Banner
      key={id}
      tone="warning"
      title={`No invoice yet: ${serviceProvider.name}, ${contract.name}, ${monthText(month)}`}
      actions={
        <LinkButton
          size="small"
          href={`/invoices?month=${month}`}
          aria-label={`Show what is expected for ${monthText(month)}: ${contract.name}`}
        >
          {monthText(month)}
        </LinkButton>
      }
    >
      It was due by {dateText(dueOn)}. {responsible.name} enters it.
    </Banner>
  ));
}
