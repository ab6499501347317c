"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/toast";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";

export type Toast = {
  /** What happened, in the past tense: "Invoice 4711 voided". */
  readonly title: string;
  readonly description?: string;
  /** "Undo" above all. The toast then stays longer. */
  readonly action?: { readonly label: string; readonly onSelect: () => void };
  /** A failure stays until it is dismissed. */
  readonly tone?: "neutral" | "danger";
};

type ShownToast = Toast & { readonly id: number };

const DURATION_MS = 5_000;
const DURATION_WITH_ACTION_MS = 10_000;
const SHOWN_MAX = 3;

const ToastContext = createContext<(toast: Toast) => void>(() => {});

/** Says what happened, away from where it happened. What went wrong in a form stands in the form. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

/** Once, around the application. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  // The library's viewport carries a style attribute, which must not be in HTML that the server sends.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);

  const show = useCallback((toast: Toast) => {
    setToasts((shown) => [...shown, { ...toast, id: (shown.at(-1)?.id ?? 0) + 1 }].slice(-SHOWN_MAX));
  }, []);
  const dismiss = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));

  return (
    <ToastContext value={show}>
      {children}
      {mounted && (
        <Primitive.Provider label="Notification" swipeDirection="right">
          {toasts.map((toast) => (
            <ToastCard key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
          ))}
          <Primitive.Viewport
            label="Notifications ({hotkey})"
            data-print="hide"
            className="fixed right-4 bottom-4 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none max-md:bottom-20"
          />
        </Primitive.Provider>
      )}
    </ToastContext>
  );
}

function ToastCard({ toast, onDismiss }: { readonly toast: ShownToast; readonly onDismiss: () => void }) {
  const failed = toast.tone === "danger";
  const duration = toast.action ? DURATION_WITH_ACTION_MS : DURATION_MS;
  return (
    <Primitive.Root
      type="foreground"
      duration={failed ? Number.POSITIVE_INFINITY : duration}
      onOpenChange={(open) => !open && onDismiss()}
      className={classNames(
        "flex animate-rise items-center gap-3 rounded-md border bg-raised py-2 pr-2 pl-3.5 shadow-float",
        failed ? "border-danger-line" : "border-line",
      )}
    >
      <div className="min-w-0 grow">
        <Primitive.Title className={classNames("font-medium", failed && "text-danger")}>
          {toast.title}
        </Primitive.Title>
        {toast.description !== undefined && (
          <Primitive.Description className="text-muted text-small">{toast.description}</Primitive.Description>
        )}
      </div>
      {toast.action && (
        <Primitive.Action altText={toast.action.label} asChild onClick={toast.action.onSelect}>
          <Button size="small">{toast.action.label}</Button>
        </Primitive.Action>
      )}
      <Primitive.Close asChild>
        <IconButton label="Dismiss" size="small">
          <X aria-hidden />
        </IconButton>
      </Primitive.Close>
    </Primitive.Root>
  );
}
