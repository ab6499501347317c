import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { SetupForm } from "@/components/entry/setup-form";
import { isSetUp } from "@/lib/auth/session";
import { utcDateOf } from "@/lib/domain/calendar-date";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage() {
  if (await isSetUp()) redirect("/sign-in");
  return <SetupForm firstMonth={`${utcDateOf(new Date()).slice(0, 4)}-01`} />;
}
