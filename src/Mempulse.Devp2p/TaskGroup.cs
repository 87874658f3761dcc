namespace Mempulse.Devp2p;

/// <summary>Runs tasks concurrently, and awaits all of them when drained.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TaskGroup
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    public void Run(Func<Task> work)
    {
        var task = Task.Run(work);
        lock (_gate)
        {
            _running.Add(task);
        }

        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for all tasks, and rethrows the failure of any of them.</summary>
    public async Task DrainAsync()
    {
        while (true)
        {
            Task[] left;
            lock (_gate)
            {
                left = [.. _running];
            }

            if (left.Length == 0)
            {
                return;
            }

            await Task.WhenAll(left).ConfigureAwait(false);
            lock (_gate)
            {
                _running.ExceptWith(left);
            }
        }
    }

    /// <summary>Removes a finished task; a failed one stays so that <see cref="DrainAsync"/> rethrows its exception.</summary>
    private void Forget(Task task)
    {
        if (!task.IsFaulted)
        {
            lock (_gate)
            {
                _running.Remove(task);
            }
        }
    }
}
