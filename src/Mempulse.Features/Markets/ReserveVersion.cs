using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Markets;

/// <summary>What events move of a reserve, from a block on.</summary>
/// <param name="Since">The height of the block after which it is so.</param>
/// <param name="Reserve">The reserve then.</param>
internal sealed record ReserveVersion(BlockNumber Since, AaveReserve Reserve)
{
    public void Encode(EntryWriter writer)
    {
        writer.Write(Since.Value);
        writer.Write(Reserve.LiquidityIndex);
        writer.Write(Reserve.LiquidityRate);
        writer.Write(Reserve.BorrowIndex);
        writer.Write(Reserve.BorrowRate);
        writer.Write(Reserve.UpdatedAt);
        writer.Write(Reserve.Price);
    }

    /// <param name="terms">What no event moves.</param>
    /// <param name="reader">Where it is read.</param>
    public static ReserveVersion Decode(AaveReserve terms, ref EntryReader reader)
    {
        var since = new BlockNumber(reader.ReadUInt64());
        var (liquidityIndex, liquidityRate, borrowIndex, borrowRate) = (reader.ReadUInt256(), reader.ReadUInt256(), reader.ReadUInt256(), reader.ReadUInt256());
        return new ReserveVersion(since, terms with
        {
            LiquidityIndex = liquidityIndex,
            LiquidityRate = liquidityRate,
            BorrowIndex = borrowIndex,
            BorrowRate = borrowRate,
            UpdatedAt = reader.ReadUInt64(),
            Price = reader.ReadUInt256(),
        });
    }
}
