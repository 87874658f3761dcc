using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>The storage of UniswapV2Pair: slot 8 packs both reserves, 112 bits each, and a timestamp.</summary>
internal sealed class PairSlots : IPoolSlots
{
    public const int ReserveBits = 112;

    /// <summary>The slot of the reserves.</summary>
    public static UInt256 Reserves { get; } = 8;

    public IReadOnlyList<UInt256> Missing(SlotValues known) => known.TryGet(Reserves, out _) ? [] : [Reserves];

    public PoolState? Read(SlotValues known) => known.TryGet(Reserves, out var packed) && !packed.IsZero
        ? new PairState(WordField.Read(packed, 0, ReserveBits), WordField.Read(packed, ReserveBits, ReserveBits))
        : null;
}
