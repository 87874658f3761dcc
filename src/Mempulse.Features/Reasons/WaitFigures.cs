using Mempulse.Primitives.Events;

namespace Mempulse.Features.Reasons;

/// <summary>How the blocks that came while a transaction waited stood to its bid.</summary>
internal sealed class WaitFigures
{
    private WaitFigures()
    {
    }

    /// <summary>Number of blocks built since it was known here.</summary>
    public int Blocks { get; private init; }

    /// <summary>Number of them whose base fee it pays.</summary>
    public int Paid { get; private init; }

    /// <summary>Those of them that also had room for its gas limit, the newest first.</summary>
    public required IReadOnlyList<SeenBlock> WithRoom { get; init; }

    /// <summary>The oldest of the newest blocks in a row whose base fee it does not pay; null if it pays that of the newest.</summary>
    public SeenBlock? UnderpricedSince { get; private init; }

    /// <summary>Number of these blocks.</summary>
    public int UnderpricedInARow { get; private init; }

    /// <summary>True when there are more blocks than were read.</summary>
    public bool IsCut { get; private init; }

    /// <summary>Counts the blocks of a wait.</summary>
    /// <remarks>A block was built at its timestamp, and could not include what came later, whenever it was observed.</remarks>
    public static WaitFigures Of(TxCase tx, NormalizedTx body)
    {
        const ulong NanosecondsPerSecond = 1_000_000_000;
        ulong knownSeconds = (ulong)Math.Max(tx.FirstAt.Value, 0) / NanosecondsPerSecond;
        var built = tx.Wait.Blocks.Where(block => block.Block.TimestampSeconds >= knownSeconds).ToList();
        int inARow = built.TakeWhile(block => !Pays(body, block)).Count();
        return new WaitFigures
        {
            Blocks = built.Count,
            Paid = built.Count(block => Pays(body, block)),
            WithRoom = [.. built.Where(block => Pays(body, block) && block.Room >= body.GasLimit.Value)],
            UnderpricedSince = inARow == 0 ? null : built[inARow - 1],
            UnderpricedInARow = inARow,
            IsCut = tx.Wait.IsCut,
        };
    }

    private static bool Pays(NormalizedTx body, SeenBlock block) => body.MaxFeePerGas.Value >= block.BaseFee;
}
