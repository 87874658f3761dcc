using Mempulse.Primitives;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="Quantity"/>.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.quantity")]
internal struct QuantitySurrogate
{
    [Id(0)]
    public string Name;

    [Id(1)]
    public UInt256 Value;

    [Id(2)]
    public string Unit;
}

[RegisterConverter]
internal sealed class QuantityConverter : IConverter<Quantity, QuantitySurrogate>
{
    public Quantity ConvertFromSurrogate(in QuantitySurrogate surrogate) => new(surrogate.Name, surrogate.Value, surrogate.Unit);

    public QuantitySurrogate ConvertToSurrogate(in Quantity value) => new() { Name = value.Name, Value = value.Value, Unit = value.Unit };
}
