using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Derivations;

/// <summary>A difference between the derived events in the log and those that the fold derives.</summary>
/// <param name="Seq">The logged record at which it was detected.</param>
/// <param name="Kind">What differs.</param>
/// <param name="LaneSequence">Cause and ordinal of the event.</param>
/// <param name="Field">The first field that differs; "record" when the whole record does.</param>
/// <param name="Expected">What the fold derives.</param>
/// <param name="Actual">What the log holds.</param>
public sealed record Divergence(
    GlobalSeq Seq, DivergenceKind Kind, LaneSequence LaneSequence, string Field, string Expected, string Actual)
{
    /// <summary>One plain sentence.</summary>
    public override string ToString() => Kind switch
    {
        DivergenceKind.Missing =>
            $"At {Seq} the log skips event {LaneSequence.LocalSeq} of cause {LaneSequence.Cause}: {Expected}.",
        DivergenceKind.Unexpected =>
            $"At {Seq} the log holds event {LaneSequence.LocalSeq} of cause {LaneSequence.Cause}, which the fold does not derive: {Actual}.",
        DivergenceKind.Repeated =>
            $"At {Seq} the log holds event {LaneSequence.LocalSeq} of cause {LaneSequence.Cause} again.",
        _ => $"At {Seq}, event {LaneSequence.LocalSeq} of cause {LaneSequence.Cause}: {Field} differs: expected {Expected}, found {Actual}.",
    };
}
