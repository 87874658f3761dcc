using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Arrival times of blocks in a capture that begins shortly before its first block.</summary>
internal sealed class BlockClock(ulong firstTimestampSeconds)
{
    private const ulong LeadSeconds = 6;
    private const long Propagation = 900 * Duration.Millisecond;

    /// <summary>The time that offsets are relative to.</summary>
    public UnixNanoseconds Start { get; } = new((long)(firstTimestampSeconds - LeadSeconds) * Duration.Second);

    /// <summary>The block's timestamp plus its propagation time.</summary>
    public long ArrivalOf(LogEvent.BlockObserved block) =>
        ((long)(block.TimestampSeconds - firstTimestampSeconds + LeadSeconds) * Duration.Second) + Propagation;
}
