namespace Mempulse.Canon.Appending;

/// <summary>Refuses appends for a while after the disk was found full or out of reach, so that not every append tries again.</summary>
/// <remarks>Confined to the writer's thread.</remarks>
internal sealed class RefusalPause(TimeProvider time, TimeSpan interval)
{
    private LogRefusedException? _reason;
    private long _since;

    /// <summary>Starts the pause, unless it has started already.</summary>
    public void Begin(LogRefusedException reason)
    {
        _since = _reason is null ? time.GetTimestamp() : _since;
        _reason ??= reason;
    }

    /// <summary>Returns if there is no pause, and ends one that is over.</summary>
    /// <exception cref="LogRefusedException">The pause is not over.</exception>
    public void Check()
    {
        if (_reason is { } reason && time.GetElapsedTime(_since) < interval)
        {
            throw (LogRefusedException)AppendQueue.Restated(reason);
        }

        _reason = null;
    }
}
