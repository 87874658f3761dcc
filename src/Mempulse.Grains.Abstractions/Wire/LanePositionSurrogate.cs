using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>How a <see cref="LanePosition"/> travels between silos.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.lane-position")]
internal struct LanePositionSurrogate
{
    [Id(0)]
    public GlobalSeq Cause;

    [Id(1)]
    public ulong LocalSeq;
}

[RegisterConverter]
internal sealed class LanePositionConverter : IConverter<LanePosition, LanePositionSurrogate>
{
    public LanePosition ConvertFromSurrogate(in LanePositionSurrogate surrogate) => new(surrogate.Cause, surrogate.LocalSeq);

    public LanePositionSurrogate ConvertToSurrogate(in LanePosition value) => new() { Cause = value.Cause, LocalSeq = value.LocalSeq };
}
