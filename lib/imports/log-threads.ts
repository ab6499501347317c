import { availableParallelism } from "node:os";
import { join } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";

import type { ToldByStretches } from "@/lib/imports/log-lines";

/** More would only wait for the bytes. */
const THREADS_MAX = 4;
/** Of each thread: one stretch that it works on, one that waits. */
const STRETCHES_A_THREAD = 2;
const STRETCH_BYTES = 1024 * 1024;

/** What a line leaves behind is garbage at once; looking for the rest of it less often saves a tenth of the work. */
const YOUNG_MB = 64;

const pool: Worker[] = [];

/** Apart from its path: the build would take the thread's program for a part of the application. */
const start = (program: string): Worker =>
  new Worker(/* turbopackIgnore: true */ program, {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });

/** Threads take long to start and are kept for the next upload; they do not keep a process that has ended its work. */
function threads(): readonly Worker[] {
  while (pool.length < Math.min(THREADS_MAX, availableParallelism())) {
    const thread = start(join(process.cwd(), "scripts", "condense.mjs"));
    const leave = () => {
      const index = pool.indexOf(thread);
      if (index !== -1) pool.splice(index, 1);
    };
    // Each upload that it worked for sees its port close.
    thread.on("error", leave);
    thread.on("exit", leave);
    thread.unref();
    pool.push(thread);
  }
  return pool;
}

/** Handed over to a thread and taken back: sharing it would make each copy several times slower. */
export type Memory = Uint8Array<ArrayBuffer>;

type Answer = { readonly memory: ArrayBuffer } | { readonly told: ToldByStretches };

/** One upload of logs that threads take apart, a stretch each, in no order. */
export class LogThreads {
  /** How many stretches each thread has not given back. */
  readonly #ways: { readonly port: MessagePort; waiting: number }[] = [];
  readonly #free: ArrayBuffer[] = [];
  readonly #told: ToldByStretches[] = [];
  #stretches = 0;
  #ended = false;
  #broken = false;
  #wake = (): void => {};

  constructor() {
    for (const thread of threads()) {
      const { port1: port, port2 } = new MessageChannel();
      const way = { port, waiting: 0 };
      port.on("message", (answer: Answer) => {
        if ("told" in answer) this.#told.push(answer.told);
        else {
          way.waiting--;
          if (answer.memory.byteLength === STRETCH_BYTES) this.#free.push(answer.memory);
        }
        this.#wake();
      });
      port.on("close", () => {
        this.#broken ||= !this.#ended;
        this.#wake();
      });
      thread.postMessage(port2, [port2]);
      this.#ways.push(way);
    }
  }

  /** Memory for a stretch, as soon as a thread can take one more. @throws Error when a thread is gone */
  async memory(bytes = 0): Promise<Memory> {
    while (this.#idlest().waiting >= STRETCHES_A_THREAD) await this.#answer();
    if (bytes > STRETCH_BYTES) return new Uint8Array(new ArrayBuffer(bytes));
    return new Uint8Array(this.#free.pop() ?? new ArrayBuffer(STRETCH_BYTES));
  }

  /** @param memory whose first `size` bytes are whole lines; it is gone afterwards */
  add({ buffer: memory }: Memory, size: number): void {
    const way = this.#idlest();
    way.waiting++;
    way.port.postMessage({ position: this.#stretches++, memory, size }, [memory]);
  }

  /** What all stretches tell. @throws Error when a thread is gone */
  async end(): Promise<readonly ToldByStretches[]> {
    for (const { port } of this.#ways) port.postMessage(null);
    while (this.#told.length < this.#ways.length) await this.#answer();
    return this.#told;
  }

  close(): void {
    this.#ended = true;
    for (const { port } of this.#ways) port.close();
  }

  #idlest() {
    return this.#ways.reduce((idlest, way) => (way.waiting < idlest.waiting ? way : idlest));
  }

  async #answer(): Promise<void> {
    if (!this.#broken) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#broken) throw new Error("A thread that takes logs apart ended.");
  }
}
