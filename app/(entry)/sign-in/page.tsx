import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { SignInForm } from "@/components/entry/sign-in-form";
import { isSetUp, isSignedIn } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage() {
  if (!(await isSetUp())) redirect("/setup");
  if (await isSignedIn()) redirect("/budget");
  return <SignInForm />;
}
