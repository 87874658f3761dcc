namespace Mempulse.Schedules.Tests.Live;

/// <summary>The scheduler that a fold demands. Its tasks run where they are started; a strand group keeps their flows from running in parallel.</summary>
internal sealed class OneAtATime : TaskScheduler
{
    /// <summary>Starts an async method on this scheduler.</summary>
    public static Task Start(Func<Task> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.None, new OneAtATime()).Unwrap();

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    protected override void QueueTask(Task task) => TryExecuteTask(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
}
