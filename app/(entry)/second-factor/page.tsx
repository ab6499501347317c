import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { CodeForm } from "@/components/second-factor/code-form";
import { RequiredSetup } from "@/components/second-factor/required-setup";
import { pageStep } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Second factor" };

/** Between the password and the books, for whoever still has something to show. */
export default async function SecondFactorPage() {
  const left = await pageStep();
  if (!left) redirect("/sign-in");
  if (left.step === null) redirect("/budget");
  return left.step === "prove" ? <CodeForm email={left.email} /> : <RequiredSetup />;
}
