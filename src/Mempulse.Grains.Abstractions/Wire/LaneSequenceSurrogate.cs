using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="LaneSequence"/>.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.lane-sequence")]
internal struct LaneSequenceSurrogate
{
    [Id(0)]
    public GlobalSeq Cause;

    [Id(1)]
    public ulong LocalSeq;
}

[RegisterConverter]
internal sealed class LaneSequenceConverter : IConverter<LaneSequence, LaneSequenceSurrogate>
{
    public LaneSequence ConvertFromSurrogate(in LaneSequenceSurrogate surrogate) => new(surrogate.Cause, surrogate.LocalSeq);

    public LaneSequenceSurrogate ConvertToSurrogate(in LaneSequence value) => new() { Cause = value.Cause, LocalSeq = value.LocalSeq };
}
