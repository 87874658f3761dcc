using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of an <see cref="Epoch"/>: its number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.epoch")]
internal struct EpochSurrogate
{
    [Id(0)]
    public ulong Value;
}

[RegisterConverter]
internal sealed class EpochConverter : IConverter<Epoch, EpochSurrogate>
{
    public Epoch ConvertFromSurrogate(in EpochSurrogate surrogate) => new(surrogate.Value);

    public EpochSurrogate ConvertToSurrogate(in Epoch value) => new() { Value = value.Value };
}
