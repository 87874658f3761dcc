using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="SourceId"/>: its number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.source-id")]
internal struct SourceIdSurrogate
{
    [Id(0)]
    public ulong Value;
}

[RegisterConverter]
internal sealed class SourceIdConverter : IConverter<SourceId, SourceIdSurrogate>
{
    public SourceId ConvertFromSurrogate(in SourceIdSurrogate surrogate) => new(surrogate.Value);

    public SourceIdSurrogate ConvertToSurrogate(in SourceId value) => new() { Value = value.Value };
}
