import * as apiAccountsOneClassifications from "@/app/api/v1/api-accounts/[id]/classifications/route";
import * as apiAccountsOne from "@/app/api/v1/api-accounts/[id]/route";
import * as apiAccounts from "@/app/api/v1/api-accounts/route";
import * as assignmentBatches from "@/app/api/v1/assignment-batches/route";
import * as assignmentsOneReassignment from "@/app/api/v1/assignments/[id]/reassignment/route";
import * as assignmentsOne from "@/app/api/v1/assignments/[id]/route";
import * as assignments from "@/app/api/v1/assignments/route";
import * as auditChoices from "@/app/api/v1/audit/choices/route";
import * as auditHistory from "@/app/api/v1/audit/history/route";
import * as audit from "@/app/api/v1/audit/route";
import * as auditVerification from "@/app/api/v1/audit/verification/route";
import * as bridge from "@/app/api/v1/bridge/route";
import * as budget from "@/app/api/v1/budget/route";
import * as budgetOwnersOne from "@/app/api/v1/budget-owners/[id]/route";
import * as budgetOwners from "@/app/api/v1/budget-owners/route";
import * as budgetVersionsOneApproval from "@/app/api/v1/budget-versions/[id]/approval/route";
import * as budgetVersionsOne from "@/app/api/v1/budget-versions/[id]/route";
import * as budgetVersions from "@/app/api/v1/budget-versions/route";
import * as budgets from "@/app/api/v1/budgets/route";
import * as budgetsCsv from "@/app/api/v1/budgets.csv/route";
import * as coverage from "@/app/api/v1/coverage/route";
import * as creditGrantsOne from "@/app/api/v1/credit-grants/[id]/route";
import * as creditGrantsOneVoid from "@/app/api/v1/credit-grants/[id]/void/route";
import * as creditGrantsCharges from "@/app/api/v1/credit-grants/charges/route";
import * as creditGrants from "@/app/api/v1/credit-grants/route";
import * as demoData from "@/app/api/v1/demo-data/route";
import * as exchangeRatesOne from "@/app/api/v1/exchange-rates/[id]/route";
import * as exchangeRatesImports from "@/app/api/v1/exchange-rates/imports/route";
import * as exchangeRatesMissing from "@/app/api/v1/exchange-rates/missing/route";
import * as exchangeRates from "@/app/api/v1/exchange-rates/route";
import * as expectedInvoices from "@/app/api/v1/expected-invoices/route";
import * as forecast from "@/app/api/v1/forecast/route";
import * as identitiesOneMatch from "@/app/api/v1/identities/[id]/match/route";
import * as identities from "@/app/api/v1/identities/route";
import * as importsOneCommit from "@/app/api/v1/imports/[id]/commit/route";
import * as importsOne from "@/app/api/v1/imports/[id]/route";
import * as imports from "@/app/api/v1/imports/route";
import * as importsTemplatesName from "@/app/api/v1/imports/templates/[name]/route";
import * as invoiceDraftsOne from "@/app/api/v1/invoice-drafts/[id]/route";
import * as invoiceDrafts from "@/app/api/v1/invoice-drafts/route";
import * as invoicesOneAttachmentsAttachmentId from "@/app/api/v1/invoices/[id]/attachments/[attachmentId]/route";
import * as invoicesOneAttachments from "@/app/api/v1/invoices/[id]/attachments/route";
import * as invoicesOne from "@/app/api/v1/invoices/[id]/route";
import * as invoicesOneVoid from "@/app/api/v1/invoices/[id]/void/route";
import * as invoices from "@/app/api/v1/invoices/route";
import * as ledger from "@/app/api/v1/ledger/route";
import * as membersOneData from "@/app/api/v1/members/[id]/data/route";
import * as membersOneErasure from "@/app/api/v1/members/[id]/erasure/route";
import * as membersOneLeavesLeaveId from "@/app/api/v1/members/[id]/leaves/[leaveId]/route";
import * as membersOneLeaves from "@/app/api/v1/members/[id]/leaves/route";
import * as membersOneMemberships from "@/app/api/v1/members/[id]/memberships/route";
import * as membersOneMerge from "@/app/api/v1/members/[id]/merge/route";
import * as membersOne from "@/app/api/v1/members/[id]/route";
import * as members from "@/app/api/v1/members/route";
import * as modelPricesFile from "@/app/api/v1/model-prices/file/route";
import * as modelPrices from "@/app/api/v1/model-prices/route";
import { ACCESS_ROUTES } from "@/app/api/v1/openapi.json/access-routes";
import { ADVICE_ROUTES } from "@/app/api/v1/openapi.json/advice-routes";
import { SIGN_IN_ROUTES } from "@/app/api/v1/openapi.json/sign-in-routes";
import { TELLING_ROUTES } from "@/app/api/v1/openapi.json/telling-routes";
import * as openingTotals from "@/app/api/v1/opening-totals/route";
import * as organizationData from "@/app/api/v1/organization/data/route";
import * as organizationRemoval from "@/app/api/v1/organization/removal/route";
import * as organization from "@/app/api/v1/organization/route";
import * as periodsMonthApproval from "@/app/api/v1/periods/[month]/approval/route";
import * as periodsMonthChecklistAcceptancesOne from "@/app/api/v1/periods/[month]/checklist/acceptances/[id]/route";
import * as periodsMonthChecklistAcceptances from "@/app/api/v1/periods/[month]/checklist/acceptances/route";
import * as periodsMonthChecklist from "@/app/api/v1/periods/[month]/checklist/route";
import * as periodsMonthClosure from "@/app/api/v1/periods/[month]/closure/route";
import * as periodsMonthSnapshot from "@/app/api/v1/periods/[month]/snapshot.csv/route";
import * as periods from "@/app/api/v1/periods/route";
import * as plansOnePrices from "@/app/api/v1/plans/[id]/prices/route";
import * as plansOne from "@/app/api/v1/plans/[id]/route";
import * as plans from "@/app/api/v1/plans/route";
import * as productsOne from "@/app/api/v1/products/[id]/route";
import * as products from "@/app/api/v1/products/route";
import * as reconciliationMonthContractsOneAcceptance from "@/app/api/v1/reconciliation/[month]/contracts/[id]/acceptance/route";
import * as reconciliationMonthContractsOne from "@/app/api/v1/reconciliation/[month]/contracts/[id]/route";
import * as reconciliation from "@/app/api/v1/reconciliation/route";
import * as reportsBudgetCsv from "@/app/api/v1/reports/budget.csv/route";
import * as reportsPlanCsv from "@/app/api/v1/reports/plan.csv/route";
import * as seatEffects from "@/app/api/v1/seat-effects/route";
import * as serviceProvidersOne from "@/app/api/v1/service-providers/[id]/route";
import * as serviceProviders from "@/app/api/v1/service-providers/route";
import * as settlementsOneVoid from "@/app/api/v1/settlements/[id]/void/route";
import * as settlements from "@/app/api/v1/settlements/route";
import * as subscriptionsOne from "@/app/api/v1/subscriptions/[id]/route";
import * as subscriptionsOneTermsTermId from "@/app/api/v1/subscriptions/[id]/terms/[termId]/route";
import * as subscriptionsOneTerms from "@/app/api/v1/subscriptions/[id]/terms/route";
import * as subscriptions from "@/app/api/v1/subscriptions/route";
import * as teamsOneLeadsLeadId from "@/app/api/v1/teams/[id]/leads/[leadId]/route";
import * as teamsOneLeads from "@/app/api/v1/teams/[id]/leads/route";
import * as teamsOne from "@/app/api/v1/teams/[id]/route";
import * as teams from "@/app/api/v1/teams/route";
import * as tools from "@/app/api/v1/tools/route";
import * as usage from "@/app/api/v1/usage/route";
import * as usageRows from "@/app/api/v1/usage/rows/route";
import type { DescribedRoute } from "@/lib/http/openapi";

/** Every route of the interface with what it does; a test compares it with the folders. */
export const ROUTES: readonly DescribedRoute[] = [
  ...ACCESS_ROUTES,
  ...ADVICE_ROUTES,
  ...SIGN_IN_ROUTES,
  {
    path: "/api-accounts",
    module: apiAccounts,
    methods: { GET: "API accounts in their tree", POST: "Add an API account" },
  },
  {
    path: "/api-accounts/{id}",
    module: apiAccountsOne,
    methods: { GET: "An API account", PATCH: "Change an API account" },
  },
  {
    path: "/api-accounts/{id}/classifications",
    module: apiAccountsOneClassifications,
    methods: {
      GET: "What an account counts as, from which day",
      POST: "From a day on, count an account in these shares",
    },
  },
  {
    path: "/assignment-batches",
    module: assignmentBatches,
    methods: { POST: "Give seats to a pasted column of names, or say what would happen" },
  },
  {
    path: "/assignments",
    module: assignments,
    methods: { GET: "Who holds which seat", POST: "Give a member a seat from a day on" },
  },
  {
    path: "/assignments/{id}",
    module: assignmentsOne,
    methods: { GET: "A seat that somebody holds", PATCH: "End or change a seat that somebody holds" },
  },
  {
    path: "/assignments/{id}/reassignment",
    module: assignmentsOneReassignment,
    methods: { POST: "From a day on, give a seat to somebody else" },
  },
  { path: "/audit", module: audit, methods: { GET: "Who changed what, the last change first" } },
  {
    path: "/audit/history",
    module: auditHistory,
    methods: { GET: "Who changed a record that one sees, the last change first" },
  },
  { path: "/audit/choices", module: auditChoices, methods: { GET: "Whose changes there are" } },
  {
    path: "/audit/verification",
    module: auditVerification,
    methods: { GET: "Whether the trail is as it was written, and which events are not" },
  },
  { path: "/bridge", module: bridge, methods: { GET: "From a month's invoices to its three lines" } },
  {
    path: "/budget",
    module: budget,
    methods: {
      GET: "The budget lines of some months, on demand by one or two groupings; each figure also before credits: with what given credit covers, which is no cost",
    },
  },
  {
    path: "/budget-owners",
    module: budgetOwners,
    methods: {
      GET: "Who answers for which line, by day",
      POST: "From a day on, a member answers for a line",
    },
  },
  {
    path: "/budget-owners/{id}",
    module: budgetOwnersOne,
    methods: { DELETE: "Remove an owner who was entered wrongly" },
  },
  {
    path: "/budget-versions",
    module: budgetVersions,
    methods: {
      GET: "The versions of every year's budget, the newest first",
      POST: "Begin a budget or reforecast, empty or as a copy",
    },
  },
  {
    path: "/budget-versions/{id}",
    module: budgetVersionsOne,
    methods: { GET: "A version of a budget", PATCH: "Rename a draft", DELETE: "Throw a draft away" },
  },
  {
    path: "/budget-versions/{id}/approval",
    module: budgetVersionsOneApproval,
    methods: { PUT: "Approve a budget, which freezes it", DELETE: "Take an approval back" },
  },
  {
    path: "/budgets",
    module: budgets,
    methods: {
      GET: "A year's grid: every line of every team and product",
      PUT: "Plan rows of a year's grid, or say what that would change",
    },
  },
  {
    path: "/budgets.csv",
    module: budgetsCsv,
    methods: { GET: "A year's grid as CSV", PUT: "Plan what a CSV file says, all of it or nothing" },
  },
  {
    path: "/coverage",
    module: coverage,
    methods: { GET: "Per contract and month, whether its invoice is there" },
  },
  {
    path: "/credit-grants",
    module: creditGrants,
    methods: { GET: "Credit at providers, what it paid for and what is left of it", POST: "Enter credit" },
  },
  {
    path: "/credit-grants/{id}",
    module: creditGrantsOne,
    methods: { GET: "A credit and where it stands", PATCH: "Change a credit" },
  },
  {
    path: "/credit-grants/{id}/void",
    module: creditGrantsOneVoid,
    methods: { PUT: "Take a credit out of the books" },
  },
  {
    path: "/credit-grants/charges",
    module: creditGrantsCharges,
    methods: { GET: "The invoice lines that a credit may have been bought with" },
  },
  {
    path: "/demo-data",
    module: demoData,
    methods: { PUT: "Open made-up books, made now if there are none", DELETE: "Remove the made-up books" },
  },
  {
    path: "/exchange-rates",
    module: exchangeRates,
    methods: { GET: "Exchange rates by day", POST: "Enter a rate" },
  },
  {
    path: "/exchange-rates/{id}",
    module: exchangeRatesOne,
    methods: { GET: "An exchange rate", PATCH: "Change a rate" },
  },
  {
    path: "/exchange-rates/imports",
    module: exchangeRatesImports,
    methods: { POST: "Take the rates of the European Central Bank's file, or say what it would bring" },
  },
  {
    path: "/exchange-rates/missing",
    module: exchangeRatesMissing,
    methods: { GET: "Rates without which an estimate cannot be made" },
  },
  {
    path: "/expected-invoices",
    module: expectedInvoices,
    methods: { GET: "The invoices that a month should bring, prefilled" },
  },
  {
    path: "/invoice-drafts",
    module: invoiceDrafts,
    methods: { GET: "Unfinished invoices", POST: "Begin an invoice" },
  },
  {
    path: "/invoice-drafts/{id}",
    module: invoiceDraftsOne,
    methods: {
      GET: "An unfinished invoice",
      PUT: "Save an unfinished invoice",
      DELETE: "Discard an unfinished invoice",
    },
  },
  {
    path: "/invoices",
    module: invoices,
    methods: { GET: "Invoices, the last issued first", POST: "Enter an invoice" },
  },
  {
    path: "/invoices/{id}",
    module: invoicesOne,
    methods: {
      GET: "An invoice with its lines and what they count as",
      PATCH: "Replace the header and lines of an invoice",
    },
  },
  {
    path: "/invoices/{id}/attachments",
    module: invoicesOneAttachments,
    methods: { GET: "The files of an invoice", POST: "Attach a file to an invoice" },
  },
  {
    path: "/invoices/{id}/attachments/{attachmentId}",
    module: invoicesOneAttachmentsAttachmentId,
    methods: { GET: "Download a file of an invoice" },
  },
  { path: "/invoices/{id}/void", module: invoicesOneVoid, methods: { PUT: "Void an invoice" } },
  { path: "/ledger", module: ledger, methods: { GET: "The entries behind a number, largest first" } },
  { path: "/members", module: members, methods: { GET: "Members", POST: "Add a member" } },
  { path: "/members/{id}", module: membersOne, methods: { GET: "A member", PATCH: "Change a member" } },
  {
    path: "/members/{id}/data",
    module: membersOneData,
    methods: { GET: "All that is kept about a person, as a file" },
  },
  {
    path: "/members/{id}/erasure",
    module: membersOneErasure,
    methods: { PUT: "Forget who a person was; what they cost stays. Cannot be undone" },
  },
  {
    path: "/members/{id}/merge",
    module: membersOneMerge,
    methods: { PUT: "Make two members one: the other stays, with everything of this one" },
  },
  {
    path: "/members/{id}/leaves",
    module: membersOneLeaves,
    methods: { GET: "When a member is away for long", POST: "Say that a member is away for long" },
  },
  {
    path: "/members/{id}/leaves/{leaveId}",
    module: membersOneLeavesLeaveId,
    methods: { DELETE: "Take a leave back" },
  },
  {
    path: "/members/{id}/memberships",
    module: membersOneMemberships,
    methods: { GET: "The teams of a member, by day", POST: "From a day on, in another team" },
  },
  {
    path: "/model-prices",
    module: modelPrices,
    methods: { GET: "What models' tokens cost, by day", POST: "Add a price of a model from a day on" },
  },
  {
    path: "/model-prices/file",
    module: modelPricesFile,
    methods: {
      GET: "The list of model prices as CSV",
      PUT: "Take a list of model prices, all of it or nothing",
    },
  },
  {
    path: "/organization",
    module: organization,
    methods: { GET: "The organization", PATCH: "Change the organization" },
  },
  {
    path: "/organization/data",
    module: organizationData,
    methods: { GET: "Everything of the organization, as one archive" },
  },
  {
    path: "/organization/removal",
    module: organizationRemoval,
    methods: { PUT: "Remove the organization with everything in it, for good" },
  },
  { path: "/periods", module: periods, methods: { GET: "The months of the books, and which are closed" } },
  {
    path: "/periods/{month}/checklist",
    module: periodsMonthChecklist,
    methods: { GET: "What stands against closing a month" },
  },
  {
    path: "/periods/{month}/checklist/acceptances",
    module: periodsMonthChecklistAcceptances,
    methods: { POST: "Take a point of the checklist as it is" },
  },
  {
    path: "/periods/{month}/checklist/acceptances/{id}",
    module: periodsMonthChecklistAcceptancesOne,
    methods: { DELETE: "Take back what was accepted" },
  },
  {
    path: "/periods/{month}/approval",
    module: periodsMonthApproval,
    methods: {
      PUT: "Say that somebody else may close the month",
      DELETE: { summary: "Take back the approval", status: 200 },
    },
  },
  {
    path: "/periods/{month}/closure",
    module: periodsMonthClosure,
    methods: {
      PUT: "Close a month: from now on it stays as it is",
      DELETE: { summary: "Open the last closed month again, with a reason", status: 200 },
    },
  },
  {
    path: "/periods/{month}/snapshot.csv",
    module: periodsMonthSnapshot,
    methods: { GET: "What a month held when it was closed, byte for byte" },
  },
  {
    path: "/plans",
    module: plans,
    methods: { GET: "Plans of the catalogue with today's prices", POST: "Add a plan" },
  },
  { path: "/plans/{id}", module: plansOne, methods: { GET: "A plan", PATCH: "Change a plan" } },
  {
    path: "/plans/{id}/prices",
    module: plansOnePrices,
    methods: { GET: "The dated prices of a plan", POST: "Add a price from a day on" },
  },
  { path: "/products", module: products, methods: { GET: "Products", POST: "Add a product" } },
  { path: "/products/{id}", module: productsOne, methods: { GET: "A product", PATCH: "Change a product" } },
  {
    path: "/reconciliation",
    module: reconciliation,
    methods: { GET: "What contracts were foreseen to cost, were billed and paid, and why they differ" },
  },
  {
    path: "/reconciliation/{month}/contracts/{id}",
    module: reconciliationMonthContractsOne,
    methods: { GET: "A contract's rows behind each side" },
  },
  {
    path: "/reconciliation/{month}/contracts/{id}/acceptance",
    module: reconciliationMonthContractsOneAcceptance,
    methods: { PUT: "Explain or accept a difference", DELETE: "Take an explanation back" },
  },
  { path: "/reports/budget.csv", module: reportsBudgetCsv, methods: { GET: "The budget report as CSV" } },
  {
    path: "/reports/plan.csv",
    module: reportsPlanCsv,
    methods: { GET: "Budget, actual, variance and forecast by month as CSV, opening totals among them" },
  },
  {
    path: "/seat-effects",
    module: seatEffects,
    methods: { GET: "What seats would add to lines whose budget is frozen" },
  },
  {
    path: "/service-providers",
    module: serviceProviders,
    methods: { GET: "Service providers", POST: "Add a service provider" },
  },
  {
    path: "/service-providers/{id}",
    module: serviceProvidersOne,
    methods: { GET: "A service provider", PATCH: "Change a service provider" },
  },
  {
    path: "/settlements",
    module: settlements,
    methods: { GET: "What was paid", POST: "Enter what was paid for an invoice" },
  },
  {
    path: "/settlements/{id}/void",
    module: settlementsOneVoid,
    methods: { PUT: "Take back a payment that was entered wrongly" },
  },
  {
    path: "/opening-totals",
    module: openingTotals,
    methods: {
      GET: "What the months before the books begin came to",
      PUT: "State totals of months before the books begin",
    },
  },
  {
    path: "/subscriptions",
    module: subscriptions,
    methods: { GET: "Contracts with their seats", POST: "Add a contract with its terms and holders" },
  },
  {
    path: "/subscriptions/{id}",
    module: subscriptionsOne,
    methods: { GET: "A contract with its terms and holders", PATCH: "Change a contract" },
  },
  {
    path: "/subscriptions/{id}/terms",
    module: subscriptionsOneTerms,
    methods: { GET: "The terms of a contract", POST: "From a day on, so many seats at this price" },
  },
  {
    path: "/subscriptions/{id}/terms/{termId}",
    module: subscriptionsOneTermsTermId,
    methods: { PATCH: "Change a term", DELETE: "Remove a term that was entered wrongly" },
  },
  { path: "/teams", module: teams, methods: { GET: "Teams", POST: "Add a team" } },
  { path: "/teams/{id}", module: teamsOne, methods: { GET: "A team", PATCH: "Change a team" } },
  {
    path: "/teams/{id}/leads",
    module: teamsOneLeads,
    methods: { POST: "From a day on, a member leads the team" },
  },
  { path: "/teams/{id}/leads/{leadId}", module: teamsOneLeadsLeadId, methods: { PATCH: "End a lead" } },
  { path: "/tools", module: tools, methods: { GET: "Tools that ride a seat or burn a key" } },
  {
    path: "/imports",
    module: imports,
    methods: {
      GET: "Files that were sent in, the newest first",
      POST: "Send a file in; it is read, and says what it would change",
    },
  },
  {
    path: "/imports/{id}",
    module: importsOne,
    methods: {
      GET: "A file with what it would change, or changed",
      PATCH: "Answer what the file leaves open; it is read anew",
      DELETE: "Throw a file away that is not in the books",
    },
  },
  {
    path: "/imports/{id}/commit",
    module: importsOneCommit,
    methods: { PUT: "Put the file into the books", DELETE: "Take back what the file brought" },
  },
  {
    path: "/imports/templates/{name}",
    module: importsTemplatesName,
    methods: { GET: "A CSV file to fill in, with rows that show how" },
  },
  {
    path: "/forecast",
    module: forecast,
    methods: { GET: "Where each contract lands, beside spend limits and the most that can be billed" },
  },
  {
    path: "/identities",
    module: identities,
    methods: { GET: "The names that files brought, and whom they mean" },
  },
  {
    path: "/identities/{id}/match",
    module: identitiesOneMatch,
    methods: {
      PUT: "Say whom a name means, from a day on",
      DELETE: "Forget whom a name means",
    },
  },
  {
    path: "/usage",
    module: usage,
    methods: { GET: "What was used, by person, model, provider, account or day" },
  },
  { path: "/usage/rows", module: usageRows, methods: { GET: "The rows of usage behind a figure" } },
  ...TELLING_ROUTES,
];
