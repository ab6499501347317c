"use client";

import { useEffect } from "react";
import { useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { WorkloadFields, type WorkloadValues } from "@/components/workloads/workload-fields";
import { sendJson } from "@/lib/http/fetch";
import { WORKLOADS_PATH, workloadPath, workloadsQuery } from "@/lib/workloads/queries";
import type { Workload } from "@/lib/workloads/schema";

type WorkloadFormProps = {
  /** Absent: a new one. */
  readonly workload?: Workload;
  readonly onDirty: (dirty: boolean) => void;
  readonly onSaved: (workload: Workload) => void;
};

const FIELDS = ["name", "productId", "planId", "note", "answers.people", "answers.steps"] as const;

/** The questions of the guide. What they advise is shown once they are saved. */
export function WorkloadForm({ workload, onDirty, onSaved }: WorkloadFormProps) {
  const toast = useToast();
  const form = useForm<WorkloadValues>({
    defaultValues: {
      name: workload?.name ?? "",
      productId: workload?.product?.id ?? null,
      planId: workload?.plan?.id ?? null,
      note: workload?.note ?? "",
      answers: workload
        ? { ...workload.answers, needs: [...workload.answers.needs], steps: [...workload.answers.steps] }
        : {
            watchedBy: "person",
            startedBy: "by_hand",
            needs: [],
            bill: "predictable",
            steps: [],
            people: 1,
          },
    },
  });
  const { errors, isDirty } = form.formState;
  useEffect(() => {
    onDirty(isDirty);
    return () => onDirty(false);
  }, [onDirty, isDirty]);
  const save = useSave(
    (body: WorkloadValues) =>
      workload
        ? sendJson<Workload>(workloadPath(workload.id), { method: "PATCH", body, version: workload.version })
        : sendJson<Workload>(WORKLOADS_PATH, { method: "POST", body, idempotencyKey: crypto.randomUUID() }),
    { invalidates: [workloadsQuery().queryKey] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values);
      toast({ title: `${saved.name} was saved` });
      onSaved(saved);
    } catch (error) {
      showRefusal(error as Error, form.setError, FIELDS);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-5">
      <WorkloadFields form={form} />
      <FieldError id="workload-error" error={errors.root?.message} />
      <Button
        type="submit"
        variant="primary"
        busy={save.isPending}
        disabled={workload !== undefined && !isDirty}
        className="self-end"
      >
        {workload ? "Save and advise anew" : "Save and advise"}
      </Button>
    </Form>
  );
}
