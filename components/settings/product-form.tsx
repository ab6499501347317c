"use client";

import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { PRODUCTS_PATH, productPath, productsQuery } from "@/lib/products/queries";
import type { Product, ProductInput } from "@/lib/products/schema";

type ProductFormProps = {
  /** Absent: the row that adds one. */
  readonly product?: Product;
  readonly onDirty?: (dirty: boolean) => void;
  readonly onSaved?: () => void;
};

/** A product's name and the day on which it was sold or stopped. */
export function ProductForm({ product, onDirty, onSaved }: ProductFormProps) {
  const toast = useToast();
  const form = useForm<ProductInput>({
    defaultValues: { name: product?.name ?? "", endsOn: product?.endsOn ?? null },
  });
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty?.(isDirty), [onDirty, isDirty]);
  const save = useSave(
    (body: ProductInput) =>
      product
        ? sendJson<Product>(productPath(product.id), { method: "PATCH", body, version: product.version })
        : sendJson<Product>(PRODUCTS_PATH, { method: "POST", body, idempotencyKey: crypto.randomUUID() }),
    { invalidates: [productsQuery().queryKey] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values);
      if (product) toast({ title: `${saved.name} was saved` });
      form.reset();
      if (!product) form.setFocus("name");
      onSaved?.();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name", "endsOn"]);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <div className={product ? "flex flex-col gap-3" : "flex flex-wrap items-start gap-2"}>
        <Field
          label="Name"
          labelHidden={!product}
          error={errors.name?.message}
          required
          className={product ? "" : "min-w-48 grow"}
        >
          <Input
            {...form.register("name", { required: "Type a name." })}
            maxLength={100}
            {...(!product && { placeholder: "Add a product" })}
          />
        </Field>
        {product && (
          <Field
            label="Sold or stopped on"
            optional
            hint="What it cost before stays in the books."
            error={errors.endsOn?.message}
          >
            <Controller
              control={form.control}
              name="endsOn"
              render={({ field }) => <DateInput {...field} />}
            />
          </Field>
        )}
        <Button
          type="submit"
          variant={product ? "primary" : "secondary"}
          busy={save.isPending}
          disabled={product !== undefined && !isDirty}
          className={product ? "self-end" : ""}
        >
          {product ? "Save" : "Add"}
        </Button>
      </div>
      <FieldError id="product-error" error={errors.root?.message} />
    </Form>
  );
}
