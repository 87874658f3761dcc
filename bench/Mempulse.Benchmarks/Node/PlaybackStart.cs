using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>The system clock. It remembers when playback first read it, which is where the pace begins.</summary>
internal sealed class PlaybackStart : TimeProvider
{
    public UnixNanoseconds At { get; private set; }

    public override long GetTimestamp()
    {
        At = At == default ? ObservationClock.Now(System) : At;
        return base.GetTimestamp();
    }
}
