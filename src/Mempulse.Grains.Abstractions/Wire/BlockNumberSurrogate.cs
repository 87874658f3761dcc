using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="BlockNumber"/>: its number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.block-number")]
internal struct BlockNumberSurrogate
{
    [Id(0)]
    public ulong Value;
}

[RegisterConverter]
internal sealed class BlockNumberConverter : IConverter<BlockNumber, BlockNumberSurrogate>
{
    public BlockNumber ConvertFromSurrogate(in BlockNumberSurrogate surrogate) => new(surrogate.Value);

    public BlockNumberSurrogate ConvertToSurrogate(in BlockNumber value) => new() { Value = value.Value };
}
