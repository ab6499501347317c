-- What credit given to the organization will cover of expected use: no cost, but part of what it comes to before credits.
ALTER TABLE "expected_cost" ADD COLUMN "base_covered_minor" BIGINT NOT NULL DEFAULT 0;
