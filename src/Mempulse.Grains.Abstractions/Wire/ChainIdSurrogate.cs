using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="ChainId"/>: its number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.chain-id")]
internal struct ChainIdSurrogate
{
    [Id(0)]
    public ulong Value;
}

[RegisterConverter]
internal sealed class ChainIdConverter : IConverter<ChainId, ChainIdSurrogate>
{
    public ChainId ConvertFromSurrogate(in ChainIdSurrogate surrogate) => new(surrogate.Value);

    public ChainIdSurrogate ConvertToSurrogate(in ChainId value) => new() { Value = value.Value };
}
