using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>The fields of a reserve's configuration word that liquidations read.</summary>
internal static class AaveConfiguration
{
    private const int ShareBits = 16;
    private const int ThresholdAt = 16;
    private const int BonusAt = 32;
    private const int DecimalsAt = 48;
    private const int DecimalsBits = 8;
    private const int ActiveAt = 56;
    private const int PausedAt = 60;
    private const int ProtocolFeeAt = 152;
    private const int VirtualAt = 252;

    public static UInt256 Threshold(in UInt256 word) => Field(word, ThresholdAt, ShareBits);

    public static UInt256 Bonus(in UInt256 word) => Field(word, BonusAt, ShareBits);

    public static int Decimals(in UInt256 word) => (int)Field(word, DecimalsAt, DecimalsBits);

    public static bool IsActive(in UInt256 word) => Field(word, ActiveAt, 1) == 1;

    public static bool IsPaused(in UInt256 word) => Field(word, PausedAt, 1) == 1;

    public static UInt256 ProtocolFee(in UInt256 word) => Field(word, ProtocolFeeAt, ShareBits);

    public static bool IsVirtual(in UInt256 word) => Field(word, VirtualAt, 1) == 1;

    private static ulong Field(in UInt256 word, int lowest, int bits)
    {
        UInt256.ShiftRight(word, lowest, out var moved);
        return moved.LowUInt64 & ((1UL << bits) - 1);
    }
}
