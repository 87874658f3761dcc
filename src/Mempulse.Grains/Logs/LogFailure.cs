using System.Runtime.ExceptionServices;

namespace Mempulse.Grains.Logs;

/// <summary>The failure of a log that ended this silo, for the host's exit code. Thread-safe.</summary>
public sealed class LogFailure
{
    private Exception? _first;

    /// <summary>Throws it, if there was one.</summary>
    /// <exception cref="IOException">Another silo has taken over the log, or the disk failed.</exception>
    public void ThrowIfAny()
    {
        if (Volatile.Read(ref _first) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Keeps the first failure.</summary>
    /// <returns>True if this is the first one.</returns>
    internal bool TrySet(Exception failure) => Interlocked.CompareExchange(ref _first, failure, null) is null;
}
