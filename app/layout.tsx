import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";

import { Providers } from "@/components/shell/providers";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { localeOf } from "@/lib/domain/locale";

import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Twoline", template: "%s · Twoline" },
  description:
    "The books of a team's AI spending: developer leverage and product running, exact to the cent.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
};

/** Reads the request, so every page is rendered for it: its nonce, its reader's separators, its day. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const request = await headers();
  return (
    // The theme's script sets data-theme before the page is hydrated.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers
          locale={localeOf(request.get("accept-language"))}
          today={utcDateOf(new Date())}
          nonce={request.get("x-nonce") ?? undefined}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}
