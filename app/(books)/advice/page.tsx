import { redirect } from "next/navigation";

export default async function AdvicePage({ searchParams }: PageProps<"/advice">) {
  const { month } = await searchParams;
  redirect(`/advice/break-even${typeof month === "string" ? `?${new URLSearchParams({ month })}` : ""}`);
}
