using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>Where a series of records of receipts ended, and how it goes on.</summary>
/// <param name="Next">The transaction with which it goes on.</param>
/// <param name="NextLog">The block's log with which it goes on.</param>
/// <param name="IsVerified">Whether the receiptsRoot confirms the series.</param>
/// <param name="IsWithinReceipt">True if it goes on within the receipt of that transaction.</param>
internal readonly record struct ReceiptSeries(int Next, int NextLog, bool IsVerified, bool IsWithinReceipt)
{
    public void Write(EntryWriter writer)
    {
        writer.WriteCount(Next);
        writer.WriteCount(NextLog);
        writer.Write(IsVerified);
        writer.Write(IsWithinReceipt);
    }

    public static ReceiptSeries? Read(ref EntryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        var series = new ReceiptSeries(reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean(), reader.ReadBoolean());
        return isThere ? series : null;
    }
}
