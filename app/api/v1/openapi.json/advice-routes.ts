import * as breakEvenOfOne from "@/app/api/v1/break-even/[of]/[id]/route";
import * as breakEven from "@/app/api/v1/break-even/route";
import * as calendarsFile from "@/app/api/v1/calendars/[file]/route";
import * as changes from "@/app/api/v1/changes/route";
import * as findingRules from "@/app/api/v1/finding-rules/route";
import * as findingsOne from "@/app/api/v1/findings/[id]/route";
import * as findings from "@/app/api/v1/findings/route";
import * as highlights from "@/app/api/v1/highlights/route";
import * as idleSeatsReductions from "@/app/api/v1/idle-seats/reductions/route";
import * as idleSeats from "@/app/api/v1/idle-seats/route";
import * as renewalsFeed from "@/app/api/v1/renewals/feed/route";
import * as renewals from "@/app/api/v1/renewals/route";
import * as scenarioProposals from "@/app/api/v1/scenario-proposals/route";
import * as scenariosEffect from "@/app/api/v1/scenarios/[id]/effect/route";
import * as scenariosOne from "@/app/api/v1/scenarios/[id]/route";
import * as scenarios from "@/app/api/v1/scenarios/route";
import * as workloadsOne from "@/app/api/v1/workloads/[id]/route";
import * as workloads from "@/app/api/v1/workloads/route";
import type { DescribedRoute } from "@/lib/http/openapi";

/** What advises: which plan, what is unused, what renews, what changed, and what of it is worth most. */
export const ADVICE_ROUTES: readonly DescribedRoute[] = [
  {
    path: "/break-even",
    module: breakEven,
    methods: { GET: "Which flat plans pay off, by person, team or contract" },
  },
  {
    path: "/break-even/{of}/{id}",
    module: breakEvenOfOne,
    methods: { GET: "How the figures of a person, team or contract at a provider came to be" },
  },
  {
    path: "/calendars/{file}",
    module: calendarsFile,
    methods: { GET: "What renews as an iCalendar file, at the secret address of a user" },
  },
  {
    path: "/changes",
    module: changes,
    methods: { GET: "Why each line costs more or less than in the month before" },
  },
  {
    path: "/findings",
    module: findings,
    methods: { GET: "What the rules found that costs more than it needs to, or is a risk" },
  },
  {
    path: "/findings/{id}",
    module: findingsOne,
    methods: { GET: "One finding with its evidence", PATCH: "Say what becomes of it, and who sees to it" },
  },
  {
    path: "/finding-rules",
    module: findingRules,
    methods: { GET: "The rules and from where on each finds something", PUT: "Set the rules" },
  },
  {
    path: "/highlights",
    module: highlights,
    methods: { GET: "The advice worth most money, of every kind" },
  },
  {
    path: "/idle-seats",
    module: idleSeats,
    methods: { GET: "Seats that cost and that nobody is known to use" },
  },
  {
    path: "/idle-seats/reductions",
    module: idleSeatsReductions,
    methods: { POST: "Plan a smaller renewal, with the seats that end with it" },
  },
  {
    path: "/renewals",
    module: renewals,
    methods: { GET: "What renews when, for how much, and until when it can be called off" },
  },
  {
    path: "/renewals/feed",
    module: renewalsFeed,
    methods: {
      GET: "Whether there is an address for calendar programs",
      PUT: "Make a secret address for calendar programs, in place of one that there was",
      DELETE: "Take the address back",
    },
  },
  {
    path: "/scenarios",
    module: scenarios,
    methods: {
      GET: "What-if scenarios with their changes in sentences",
      POST: "Make one; nothing real changes",
    },
  },
  {
    path: "/scenarios/{id}",
    module: scenariosOne,
    methods: { GET: "One scenario", PATCH: "Change its changes", DELETE: "Throw a scenario away" },
  },
  {
    path: "/scenarios/{id}/effect",
    module: scenariosEffect,
    methods: { GET: "What a scenario, and up to two others, do to each line and month beside the forecast" },
  },
  {
    path: "/scenario-proposals",
    module: scenarioProposals,
    methods: { GET: "List prices that begin later, what each does at each renewal, and a scenario of it" },
  },
  {
    path: "/workloads",
    module: workloads,
    methods: { GET: "Described workloads: API or seat, why, and what each would cost", POST: "Describe one" },
  },
  {
    path: "/workloads/{id}",
    module: workloadsOne,
    methods: { GET: "One workload", PATCH: "Describe it anew", DELETE: "Throw a description away" },
  },
];
