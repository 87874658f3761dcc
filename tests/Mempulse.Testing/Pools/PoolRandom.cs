using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Testing.Pools;

/// <summary>Random numbers of pools, the same for the same seed.</summary>
public sealed class PoolRandom(ulong seed)
{
    private readonly SeededRandom _random = new(seed);

    /// <summary>A number from 0 to one less than <paramref name="limit"/>.</summary>
    public int Below(int limit) => _random.Below(limit);

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public int Between(int first, int last) => first + _random.Below(last - first + 1);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => _random.Below(times) == 0;

    /// <summary>A number above zero whose length in bits is evenly spread from <paramref name="leastBits"/> to <paramref name="mostBits"/>.</summary>
    public UInt256 Number(int leastBits, int mostBits)
    {
        int bits = Between(leastBits, mostBits);
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        _random.Fill(bytes);
        UInt256.ShiftRight(UInt256.FromBigEndian(bytes), 256 - bits, out var number);
        return WithBit(number, bits - 1);
    }

    /// <summary>A number from 0 to one less than <paramref name="limit"/>.</summary>
    public UInt256 Below(UInt256 limit)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        _random.Fill(bytes);
        UInt256.Remainder(UInt256.FromBigEndian(bytes), limit, out var number);
        return number;
    }

    private static UInt256 WithBit(UInt256 number, int bit)
    {
        UInt256.ShiftLeft(UInt256.One, bit, out var high);
        return new UInt256(number.Limb(0) | high.Limb(0), number.Limb(1) | high.Limb(1), number.Limb(2) | high.Limb(2), number.Limb(3) | high.Limb(3));
    }
}
