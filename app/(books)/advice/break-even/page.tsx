import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { BreakEvenView } from "@/components/advice/break-even-view";
import { pageCtx } from "@/lib/auth/session";
import { breakEvenQuery } from "@/lib/break-even/queries";
import { BREAK_EVEN_OF, breakEvenFilter } from "@/lib/break-even/schema";
import { listBreakEven } from "@/lib/break-even/service";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { isMonth, monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";

export const metadata: Metadata = { title: "Break-even" };

export default async function BreakEvenPage({ searchParams }: PageProps<"/advice/break-even">) {
  const ctx = await pageCtx();
  const currentMonth = monthOf(utcDateOf(ctx.now));
  const { month: asked, by } = await searchParams;
  const month = typeof asked === "string" && isMonth(asked) ? asked : currentMonth;
  const of = BREAK_EVEN_OF.find((each) => each === by) ?? "members";
  const { roles } = ctx.actor;
  const seesOthers = can(roles, "books:read_all") || can(roles, "team:read_led");
  const client = new QueryClient();
  await client.fetchInfiniteQuery({
    ...breakEvenQuery({ of, month }),
    queryFn: () => listBreakEven(ctx, breakEvenFilter.parse({ of, month })),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <BreakEvenView currentMonth={currentMonth} seesOthers={seesOthers} />
    </HydrationBoundary>
  );
}
