using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>The receipts of a block, one for each of its transactions, in order.</summary>
/// <param name="Results">What they say.</param>
/// <param name="IsVerified">True when they hash to the header's receiptsRoot.</param>
internal sealed record BlockReceipts(IReadOnlyList<TxResult> Results, bool IsVerified)
{
    /// <summary>Size at which a record is full: half of what a record may have, so that an estimate suffices.</summary>
    public const int MaxRecordBytes = 512 * 1024;

    private const int ReceiptBytes = 64; // the fields of a receipt without its logs, at most
    private const int LogBytes = 32; // the fields of a log without its topics and data, at most
    private const int TopicBytes = Hash256.Size + 2;

    /// <summary>Returns the receipts as facts, each within the size of a record. Of a receipt that is larger alone, the logs that fit are kept.</summary>
    public IEnumerable<LogEvent.ReceiptsObserved> ToFacts(Hash256 block, BlockNumber number)
    {
        var part = new List<TxResult>();
        int first = 0;
        int size = 0;
        foreach (var result in Results)
        {
            var fitting = Cut(result, out int bytes);
            if (size + bytes > MaxRecordBytes)
            {
                yield return new LogEvent.ReceiptsObserved(block, number, first, IsVerified, part);
                first += part.Count;
                part = [];
                size = 0;
            }

            part.Add(fitting);
            size += bytes;
        }

        if (part.Count > 0)
        {
            yield return new LogEvent.ReceiptsObserved(block, number, first, IsVerified, part);
        }
    }

    private static TxResult Cut(TxResult result, out int bytes)
    {
        bytes = ReceiptBytes;
        int kept = 0;
        foreach (var log in result.Logs)
        {
            int size = LogBytes + (log.Topics.Count * TopicBytes) + log.Data.Length;
            if (bytes + size > MaxRecordBytes)
            {
                return result with { Logs = [.. result.Logs.Take(kept)], OmittedLogs = result.Logs.Count - kept };
            }

            bytes += size;
            kept++;
        }

        return result;
    }
}
