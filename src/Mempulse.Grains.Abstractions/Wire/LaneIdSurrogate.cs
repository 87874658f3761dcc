using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="LaneId"/>: its number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.lane-id")]
internal struct LaneIdSurrogate
{
    [Id(0)]
    public uint Value;
}

[RegisterConverter]
internal sealed class LaneIdConverter : IConverter<LaneId, LaneIdSurrogate>
{
    public LaneId ConvertFromSurrogate(in LaneIdSurrogate surrogate) => new(surrogate.Value);

    public LaneIdSurrogate ConvertToSurrogate(in LaneId value) => new() { Value = value.Value };
}
