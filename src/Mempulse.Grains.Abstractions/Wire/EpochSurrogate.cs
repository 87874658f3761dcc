using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>How a <see cref="Epoch"/> travels between silos: its bare number.</summary>
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
