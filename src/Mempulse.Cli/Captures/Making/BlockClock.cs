using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>When blocks arrive in a capture that begins shortly before its first one.</summary>
internal sealed class BlockClock(ulong firstTimestampSeconds)
{
    private const ulong LeadSeconds = 6;
    private const long Propagation = 900 * Duration.Millisecond;

    /// <summary>The instant that offsets count from.</summary>
    public UnixNanoseconds Start { get; } = new((long)(firstTimestampSeconds - LeadSeconds) * Duration.Second);

    /// <summary>A slot's time, and what a block needs to reach a node.</summary>
    public long ArrivalOf(LogEvent.BlockObserved block) =>
        ((long)(block.TimestampSeconds - firstTimestampSeconds + LeadSeconds) * Duration.Second) + Propagation;
}
