using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of an <see cref="Address"/>: its 20 bytes.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.address")]
internal struct AddressSurrogate
{
    [Id(0)]
    public byte[] Bytes;
}

[RegisterConverter]
internal sealed class AddressConverter : IConverter<Address, AddressSurrogate>
{
    public Address ConvertFromSurrogate(in AddressSurrogate surrogate) => new(surrogate.Bytes);

    public AddressSurrogate ConvertToSurrogate(in Address value) => new() { Bytes = value.ToArray() };
}
