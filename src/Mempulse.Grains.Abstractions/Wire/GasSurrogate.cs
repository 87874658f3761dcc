using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="Gas"/>: its number.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.gas")]
internal struct GasSurrogate
{
    [Id(0)]
    public ulong Value;
}

[RegisterConverter]
internal sealed class GasConverter : IConverter<Gas, GasSurrogate>
{
    public Gas ConvertFromSurrogate(in GasSurrogate surrogate) => new(surrogate.Value);

    public GasSurrogate ConvertToSurrogate(in Gas value) => new() { Value = value.Value };
}
