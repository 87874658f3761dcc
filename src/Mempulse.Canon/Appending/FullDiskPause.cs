using Mempulse.Canon.Files;

namespace Mempulse.Canon.Appending;

/// <summary>Refuses appends for a while after the disk was found full, so that not every append fills it with zeros again.</summary>
/// <remarks>Confined to the writer's thread.</remarks>
internal sealed class FullDiskPause(TimeProvider time, TimeSpan interval)
{
    private long? _since;

    /// <summary>Starts the pause, unless it has started already: the disk is full.</summary>
    public void Begin() => _since ??= time.GetTimestamp();

    /// <summary>Returns if there is no pause, and ends one that is over.</summary>
    /// <exception cref="DiskFullException">The pause is not over.</exception>
    public void Check()
    {
        if (_since is { } since && time.GetElapsedTime(since) < interval)
        {
            throw new DiskFullException($"Cannot append: the disk was full less than {interval.TotalSeconds} s ago. Retry later.");
        }

        _since = null;
    }
}
