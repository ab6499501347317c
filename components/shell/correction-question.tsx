"use client";

import { useEffect, useState } from "react";

import { Confirm } from "@/components/ui/confirm";
import { monthText } from "@/lib/domain/date-text";
import { type AskedCorrection, askCorrectionsBy } from "@/lib/http/fetch";

type Question = { readonly asked: AskedCorrection; readonly answer: (correct: boolean) => void };

/**
 * Asks, wherever a change was made that closed months stand against, whether it shall be booked as a correction; then the
 * same change goes out again. One place for every form.
 */
export function CorrectionQuestion() {
  const [question, setQuestion] = useState<Question | null>(null);
  useEffect(() => askCorrectionsBy((asked) => new Promise((answer) => setQuestion({ asked, answer }))), []);
  if (question === null) return null;

  const { asked, answer } = question;
  const closed = asked.of.map(monthText).join(", ");
  const countsIn = monthText(asked.countsIn);
  const settle = (correct: boolean) => {
    answer(correct);
    setQuestion(null);
  };
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && settle(false)}
      title={`Book as correction in ${countsIn}?`}
      confirmLabel={`Book in ${countsIn}`}
      tone="primary"
      onConfirm={() => settle(true)}
    >
      {closed} {asked.of.length === 1 ? "is" : "are"} closed and{" "}
      {asked.of.length === 1 ? "stays as it is" : "stay as they are"}. The difference counts in {countsIn}, as
      a correction of {closed}.
    </Confirm>
  );
}
