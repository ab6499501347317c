import * as alerts from "@/app/api/v1/alerts/route";
import * as invoiceDutiesOne from "@/app/api/v1/invoice-duties/[id]/route";
import * as invoiceDuties from "@/app/api/v1/invoice-duties/route";
import * as invoiceReminders from "@/app/api/v1/invoice-reminders/route";
import * as messages from "@/app/api/v1/messages/route";
import * as thresholdsOne from "@/app/api/v1/thresholds/[id]/route";
import * as thresholds from "@/app/api/v1/thresholds/route";
import * as webhooksOneDeliveries from "@/app/api/v1/webhooks/[id]/deliveries/route";
import * as webhooksOne from "@/app/api/v1/webhooks/[id]/route";
import * as webhooks from "@/app/api/v1/webhooks/route";
import type { DescribedRoute } from "@/lib/http/openapi";

/** What tells people and programs of something: alerts, reminders, messages, webhooks. */
export const TELLING_ROUTES: readonly DescribedRoute[] = [
  { path: "/alerts", module: alerts, methods: { GET: "What reached its share of a budget, the last first" } },
  {
    path: "/invoice-duties",
    module: invoiceDuties,
    methods: { GET: "Every contract, with who enters its invoice and until when" },
  },
  {
    path: "/invoice-duties/{id}",
    module: invoiceDutiesOne,
    methods: {
      PUT: "Say who enters a contract's invoice, until which day of the month or the one after",
      DELETE: "Nobody in particular enters it",
    },
  },
  {
    path: "/invoice-reminders",
    module: invoiceReminders,
    methods: { GET: "The invoices that were not here when they were due, and are not yet" },
  },
  { path: "/messages", module: messages, methods: { GET: "What was sent, or waits to be, the last first" } },
  {
    path: "/thresholds",
    module: thresholds,
    methods: {
      GET: "The shares of budgets that are watched",
      POST: "Raise an alert, once a month, at a share of a budget",
    },
  },
  { path: "/thresholds/{id}", module: thresholdsOne, methods: { DELETE: "Watch a share no more" } },
  {
    path: "/webhooks",
    module: webhooks,
    methods: {
      GET: "The addresses that are told of alerts",
      POST: "Tell an address; its secret comes with this answer only",
    },
  },
  {
    path: "/webhooks/{id}",
    module: webhooksOne,
    methods: { PATCH: "Another name or address; switch it off or on", DELETE: "Tell it nothing more" },
  },
  {
    path: "/webhooks/{id}/deliveries",
    module: webhooksOneDeliveries,
    methods: { GET: "What it was sent, waits or was given up, the last first", POST: "Send a test" },
  },
];
