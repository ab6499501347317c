import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

type FirstStepsProps = { readonly rights: { readonly enter: boolean; readonly demo: boolean } };

/** The budget before anything is entered. */
export function FirstSteps({ rights }: FirstStepsProps) {
  return (
    <Card>
      <EmptyState
        title="No cost yet"
        actions={
          <>
            {rights.enter && (
              <LinkButton variant="primary" href="/seats?subscription=new">
                Add a contract
              </LinkButton>
            )}
            {rights.enter && <LinkButton href="/invoices?invoice=new">Enter an invoice</LinkButton>}
            {rights.demo && <LinkButton href="/settings/demo-data">Look around in demo data</LinkButton>}
          </>
        }
      >
        Here two lines stand beside each other: what your people&apos;s seats and keys cost, and what your
        product costs to run. Enter a contract with its seats first; its months are estimated until the
        invoice is there.
      </EmptyState>
    </Card>
  );
}
