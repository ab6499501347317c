import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { refusalWords } from "@/components/entry/refusal-words";
import { SignInForm } from "@/components/entry/sign-in-form";
import { isSetUp, isSignedIn, pendingConnection } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  if (!(await isSetUp())) redirect("/setup");
  if (await isSignedIn()) redirect("/budget");
  const { refused, error, connect } = await searchParams;
  const told = { ...(refused && { refused: String(refused) }), ...(error && { error: String(error) }) };
  const connecting = connect === undefined ? null : await pendingConnection();
  return <SignInForm refusal={refusalWords(told)} connecting={connecting} />;
}
