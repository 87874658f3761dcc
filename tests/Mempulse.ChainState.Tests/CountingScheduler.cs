namespace Mempulse.ChainState.Tests;

/// <summary>Runs tasks on the thread pool and counts them, as a grain's scheduler would count its turns.</summary>
internal sealed class CountingScheduler : TaskScheduler
{
    private int _tasks;

    /// <summary>Tasks so far, continuations included.</summary>
    public int Tasks => Volatile.Read(ref _tasks);

    protected override void QueueTask(Task task)
    {
        Interlocked.Increment(ref _tasks);
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Scheduler.TryExecuteTask(state.Task), (Scheduler: this, Task: task), preferLocal: false);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
