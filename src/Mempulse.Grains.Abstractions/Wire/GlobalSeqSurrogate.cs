using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="GlobalSeq"/>: its number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.global-seq")]
internal struct GlobalSeqSurrogate
{
    [Id(0)]
    public ulong Value;
}

[RegisterConverter]
internal sealed class GlobalSeqConverter : IConverter<GlobalSeq, GlobalSeqSurrogate>
{
    public GlobalSeq ConvertFromSurrogate(in GlobalSeqSurrogate surrogate) => new(surrogate.Value);

    public GlobalSeqSurrogate ConvertToSurrogate(in GlobalSeq value) => new() { Value = value.Value };
}
