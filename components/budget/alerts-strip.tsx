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
    ...Map.groupBy(
      alerts.data ?? [],
      ({ threshold }) => `${threshold.basis} ${shareName(threshold)}`,
    ).values(),
  ].flatMap((same) => same.toSorted((a, b) => b.threshold.percent - a.threshold.percent)[0] ?? []);
  return highest.map(({ id, threshold, budgeted, actual, forecast, raisedAt }: Alert) => (
    <Banner
      key={id}
      tone={threshold.percent >= 100 && !forecast ? "danger" : "warning"}
      title={`${forecast ? "Forecast to reach " : ""}${threshold.percent} % of the month’s budget${forecast ? "" : " reached"}: ${shareName(threshold)}`}
      actions={
        <LinkButton size="small" href="/budget/plan?alerts=1">
          Alerts
        </LinkButton>
      }
    >
      {moneyText(forecast ?? actual, locale)} of {moneyText(budgeted, locale)} on{" "}
      {dateText(raisedAt.slice(0, 10))}
    </Banner>
  ));
}
