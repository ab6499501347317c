import type { Question } from "@/lib/imports/schema";

/** Thrown while a file is read: a person has to say something first. */
export class Asking extends Error {
  constructor(readonly question: Question) {
    super(question);
  }
}
