namespace Mempulse.Dashboard.Feed;

/// <summary>A reading of the node that all viewers share: within a period, every request gets the same answer. Safe for any thread.</summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="read">Reads it.</param>
/// <param name="period">How long an answer is current.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedReading<T>(Func<Task<T>> read, TimeSpan period, TimeProvider time)
{
    private readonly Lock _sync = new();
    private Task<T>? _reading;
    private long _startedAt;

    /// <summary>Returns the current answer, or reads a new one.</summary>
    public Task<T> ReadAsync()
    {
        lock (_sync)
        {
            if (_reading is null || _reading.IsFaulted || (_reading.IsCompleted && time.GetElapsedTime(_startedAt) >= period))
            {
                (_reading, _startedAt) = (read(), time.GetTimestamp());
            }

            return _reading;
        }
    }
}
