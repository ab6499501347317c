import { calendarText } from "@/lib/exports/ical";
import { calendarFile, publicRoute } from "@/lib/http/route";
import { daysOf } from "@/lib/renewals/calendar";
import { openFeed } from "@/lib/renewals/feed";
import { calendarAsked } from "@/lib/renewals/schema";

export const GET = publicRoute(calendarAsked, async ({ file }, { now }) => {
  const { name, renewals } = await openFeed(file, now);
  return calendarFile(calendarText(`Renewals, ${name}`, daysOf(renewals), now));
});
