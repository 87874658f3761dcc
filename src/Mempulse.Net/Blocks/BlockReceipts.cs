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
    private const int LogBytes = 40; // the fields of a log without its topics and data, at most
    private const int TopicBytes = Hash256.Size + 2;

    /// <summary>Returns the receipts as facts, each within the size of a record. A receipt that is larger alone is continued from record to record.</summary>
    /// <remarks>No log is lost. Of the data of a log that is larger alone, the beginning is kept and the rest is counted.</remarks>
    public IEnumerable<LogEvent.ReceiptsObserved> ToFacts(Hash256 block, BlockNumber number)
    {
        var next = new LogEvent.ReceiptsObserved(block, number, First: 0, IsVerified, []);
        var part = new List<TxResult>();
        int size = 0;
        foreach (var result in Results)
        {
            var rest = result with { Logs = [.. result.Logs.Select(Cut)] };
            int bytes = SizeOf(rest);
            if (part.Count > 0 && size + bytes > MaxRecordBytes)
            {
                yield return Close(ReceiptsContinuation.Receipts);
            }

            for (; bytes > MaxRecordBytes; bytes = SizeOf(rest))
            {
                int fitting = CountFitting(rest.Logs);
                part.Add(rest with { Logs = [.. rest.Logs.Take(fitting)], OmittedLogs = 0 });
                rest = rest with { Logs = [.. rest.Logs.Skip(fitting)] };
                yield return Close(ReceiptsContinuation.Logs);
            }

            part.Add(rest);
            size += bytes;
        }

        if (part.Count > 0)
        {
            yield return Close(ReceiptsContinuation.Complete);
        }

        LogEvent.ReceiptsObserved Close(ReceiptsContinuation continuation)
        {
            var closed = next with { Receipts = part, Continuation = continuation };
            next = After(closed);
            part = [];
            size = 0;
            return closed;
        }
    }

    /// <summary>Returns the receipts without their logs, which each receipt counts.</summary>
    public BlockReceipts WithoutLogs() => this with { Results = [.. Results.Select(static result => result with { Logs = [], OmittedLogs = result.OmittedLogs + result.Logs.Count })] };

    /// <summary>Returns the size of a fact in bytes, at most.</summary>
    public static int SizeOf(LogEvent.ReceiptsObserved fact) => fact.Receipts.Sum(SizeOf);

    /// <summary>Returns the record that continues another, still without receipts.</summary>
    private static LogEvent.ReceiptsObserved After(LogEvent.ReceiptsObserved closed) => closed with
    {
        First = closed.First + closed.Receipts.Count - (closed.Continuation == ReceiptsContinuation.Logs ? 1 : 0),
        FirstLog = closed.FirstLog + closed.Receipts.Sum(static receipt => receipt.Logs.Count + receipt.OmittedLogs),
    };

    /// <summary>Returns the log with as much of its data as fits into a record of its own.</summary>
    private static TxLog Cut(TxLog log)
    {
        int excess = ReceiptBytes + SizeOf(log) - MaxRecordBytes;
        return excess > 0 ? log with { Data = log.Data[..^excess], OmittedBytes = excess } : log;
    }

    private static int CountFitting(IReadOnlyList<TxLog> logs)
    {
        int count = 0;
        for (int bytes = ReceiptBytes; bytes + SizeOf(logs[count]) <= MaxRecordBytes; count++)
        {
            bytes += SizeOf(logs[count]);
        }

        return count;
    }

    private static int SizeOf(TxResult result) => ReceiptBytes + result.Logs.Sum(SizeOf);

    private static int SizeOf(TxLog log) => LogBytes + (log.Topics.Count * TopicBytes) + log.Data.Length;
}
