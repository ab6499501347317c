"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { Sheet } from "@/components/ui/sheet";
import { useToast } from "@/components/ui/toast";
import { instantText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { calendarFeedQuery } from "@/lib/renewals/queries";
import type { NewCalendarFeed } from "@/lib/renewals/schema";

const PATH = "/api/v1/renewals/feed";

type CalendarSheetProps = { readonly open: boolean; readonly onClose: () => void };

/** The secret address at which a calendar program reads the renewals: made, made anew, taken back. */
export function CalendarSheet({ open, onClose }: CalendarSheetProps) {
  const feed = useQuery(calendarFeedQuery());
  const toast = useToast();
  const [address, setAddress] = useState<string | null>(null);
  const invalidates = [["renewals", "feed"]] as const;
  const make = useSave(() => sendJson<NewCalendarFeed>(PATH, { method: "PUT", body: {} }), { invalidates });
  const revoke = useSave(() => sendJson(PATH, { method: "DELETE" }), { invalidates });
  const since = feed.data?.createdAt ?? null;
  const fail = (error: Error) => toast({ title: error.message, tone: "danger" });

  const close = () => {
    setAddress(null);
    onClose();
  };
  return (
    <Sheet open={open} onOpenChange={(next) => !next && close()} title="Renewals in your calendar">
      <div className="flex flex-col gap-4">
        <p>
          A calendar program that subscribes to the address shows each renewal and each last day to act.
          Whoever has the address can read them, so it is secret; it shows what you may see, and nothing once
          your access ends.
        </p>
        {address && (
          <CopyField
            label="Address"
            value={address}
            hint="It is shown once. Subscribe to it in your calendar; do not import it once."
          />
        )}
        {since && !address && (
          <p className="text-muted">There is an address since {instantText(since)}. A new one ends it.</p>
        )}
        <div className="flex flex-wrap gap-2">
          {since && (
            <Button
              variant="danger"
              busy={revoke.isPending}
              onClick={() =>
                revoke.mutate(undefined, {
                  onSuccess: () => {
                    setAddress(null);
                    toast({ title: "The address was taken back" });
                  },
                  onError: fail,
                })
              }
            >
              Take it back
            </Button>
          )}
          <Button
            variant="primary"
            busy={make.isPending}
            onClick={() =>
              make.mutate(undefined, { onSuccess: (made) => setAddress(made.address), onError: fail })
            }
          >
            {since ? "Make a new address" : "Make an address"}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
