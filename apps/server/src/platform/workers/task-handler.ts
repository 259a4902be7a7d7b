/** Work for another thread. Input and result are copied between threads (structured clone), so they are plain values and typed arrays. */
export type WorkerTask = (input: never) => unknown;

/** The tasks a worker file offers, by name. */
export type WorkerTasks = Readonly<Record<string, WorkerTask>>;

export type TaskMessage = { readonly task: string; readonly input: unknown };

/** What a worker file exports as `run`: `export const run = taskHandler({ valuePortfolio, renderReport })`. */
export function taskHandler(tasks: WorkerTasks): (message: TaskMessage) => unknown {
  return ({ task, input }) => {
    const work = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
    if (work === undefined) throw new Error(`The worker knows no task named ${task}.`);
    // The pool's types let nothing else through than what the task takes.
    return work(input as never);
  };
}
