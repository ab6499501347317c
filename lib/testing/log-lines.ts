/** Every line that the application logged in this test, as it would stand in the file. */
export const logged: string[] = [];

type Pino = typeof import("pino").default;
type Options = import("pino").LoggerOptions;
type Stream = import("pino").DestinationStream;

/** The logger with its lines kept here, at the level that tells most; for `vi.mock("pino")`. */
export function collecting(original: unknown) {
  const real = (original as { default: Pino }).default;
  const collected = (options: Options, out: Stream) => {
    const kept = process.stdout.write;
    const write = (line: string) => {
      // What the application does to a line before it is out is part of what is tested.
      process.stdout.write = ((text: string) => logged.push(text) > 0) as typeof process.stdout.write;
      try {
        out.write(line);
      } finally {
        process.stdout.write = kept;
      }
    };
    return real({ ...options, level: "trace" }, { write });
  };
  return { default: Object.assign(collected, { stdTimeFunctions: real.stdTimeFunctions }) };
}
