namespace Mempulse.Devp2p;

/// <summary>Tasks that run beside each other and are all waited for at the end; a failure of one is then thrown.</summary>
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

    /// <summary>Waits until nothing runs any more.</summary>
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

    /// <summary>A failed task stays, so that <see cref="DrainAsync"/> throws what it threw.</summary>
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
