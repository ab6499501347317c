"use client";

import { sendJson } from "@/lib/http/fetch";

/** The way out for whoever is signed in as somebody else than they want to be. */
export function SignOutInstead() {
  const signOut = async () => {
    await sendJson<void>("/api/v1/session", { method: "DELETE" }).catch(() => {});
    window.location.assign("/sign-in");
  };
  return (
    <button
      type="button"
      onClick={signOut}
      className="inline-flex min-h-6 items-center self-center text-link hover:underline"
    >
      Sign out
    </button>
  );
}
