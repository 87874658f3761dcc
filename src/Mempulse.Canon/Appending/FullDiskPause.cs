using Mempulse.Canon.Files;

namespace Mempulse.Canon.Appending;

/// <summary>Refuses appends for a while after the disk was full, so that not every one of them fills it with zeros again; confined to the writer's thread.</summary>
internal sealed class FullDiskPause(TimeProvider time, TimeSpan interval)
{
    private long? _since;

    /// <summary>The disk was found full just now.</summary>
    public void Begin() => _since ??= time.GetTimestamp();

    /// <summary>Returns if it is time to try.</summary>
    /// <exception cref="DiskFullException">It is not.</exception>
    public void Check()
    {
        if (_since is { } since && time.GetElapsedTime(since) < interval)
        {
            throw new DiskFullException($"The disk was full less than {interval.TotalSeconds} s ago.");
        }

        _since = null;
    }
}
