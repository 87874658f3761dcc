using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Wire;

/// <summary>The wire form of a <see cref="UInt256"/>: 32 bytes, big-endian.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.uint256")]
internal struct UInt256Surrogate
{
    [Id(0)]
    public byte[] BigEndian;
}

[RegisterConverter]
internal sealed class UInt256Converter : IConverter<UInt256, UInt256Surrogate>
{
    public UInt256 ConvertFromSurrogate(in UInt256Surrogate surrogate) => UInt256.FromBigEndian(surrogate.BigEndian);

    public UInt256Surrogate ConvertToSurrogate(in UInt256 value)
    {
        var bytes = new byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new UInt256Surrogate { BigEndian = bytes };
    }
}
