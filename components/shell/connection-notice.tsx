"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

import { isConnectionError } from "@/components/shell/query-client";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

/** Says when the browser is offline or the application cannot be reached, for as long as that lasts. */
export function ConnectionNotice() {
  const queryClient = useQueryClient();
  const online = useSyncExternalStore(
    subscribeToNetwork,
    () => navigator.onLine,
    () => true,
  );

  const subscribe = useCallback(
    (notify: () => void) => queryClient.getQueryCache().subscribe(notify),
    [queryClient],
  );
  const isLost = () =>
    queryClient
      .getQueryCache()
      .getAll()
      .some(({ state }) => isConnectionError(state.fetchFailureReason));
  const lost = useSyncExternalStore(subscribe, isLost, () => false);

  if (online && !lost) return null;
  return (
    <div data-print="hide" className="pb-4">
      <Banner
        live
        tone="warning"
        title={online ? "Connection lost" : "You are offline"}
        actions={
          <Button variant="warning" onClick={() => queryClient.refetchQueries({ type: "active" })}>
            Try now
          </Button>
        }
      >
        What you see may be out of date. It refreshes by itself as soon as that is possible.
      </Banner>
    </div>
  );
}

function subscribeToNetwork(notify: () => void): () => void {
  window.addEventListener("online", notify);
  window.addEventListener("offline", notify);
  return () => {
    window.removeEventListener("online", notify);
    window.removeEventListener("offline", notify);
  };
}
