"use client";

import { useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/link-button";
import { useLocale } from "@/components/ui/reader";
import { shareName } from "@/lib/domain/alert-words";
import { dateText } from "@/lib/domain/date-text";
import { moneyText } from "@/lib/domain/money-text";
import type { Month } from "@/lib/domain/month";
import { alertsQuery } from "@/lib/thresholds/queries";
import type { Alert } from "@/lib/thresholds/schema";

/** What came to its share of the month's budget; of each budget only the highest share. Nothing while there is none. */
export function AlertsStrip({ month }: { readonly month: Month }) {
  const locale = useLocale();
  const alerts = useQuery(alertsQuery(month));
  const highest = [
    ...Map.groupBy(alerts.data ?? [], ({ threshold }) => shareName(threshold)).values(),
  ].flatMap((same) => same.toSorted((a, b) => b.threshold.percent - a.threshold.percent)[0] ?? []);
  return highest.map(({ id, threshold, budgeted, actual, raisedAt }: Alert) => (
    <Banner
      key={id}
      tone={threshold.percent >= 100 ? "danger" : "warning"}
      title={`${threshold.percent} % of the month’s budget reached: ${shareName(threshold)}`}
      actions={
        <LinkButton size="small" href="/budget/plan?alerts=1">
          Alerts
        </LinkButton>
      }
    >
      {moneyText(actual, locale)} of {moneyText(budgeted, locale)} on {dateText(raisedAt.slice(0, 10))}
    </Banner>
  ));
}
