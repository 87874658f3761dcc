using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of an amount of <see cref="Wei"/>: 32 bytes, big-endian.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.wei")]
internal struct WeiSurrogate
{
    [Id(0)]
    public byte[] BigEndian;
}

[RegisterConverter]
internal sealed class WeiConverter : IConverter<Wei, WeiSurrogate>
{
    public Wei ConvertFromSurrogate(in WeiSurrogate surrogate) => new(UInt256.FromBigEndian(surrogate.BigEndian));

    public WeiSurrogate ConvertToSurrogate(in Wei value)
    {
        var bytes = new byte[UInt256.Size];
        value.Value.WriteBigEndian(bytes);
        return new WeiSurrogate { BigEndian = bytes };
    }
}
