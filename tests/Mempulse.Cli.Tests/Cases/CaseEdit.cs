using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Cases;

namespace Mempulse.Cli.Tests.Cases;

/// <summary>Changes a case as a forger would: every record stays well formed, and the file gets new checksums.</summary>
internal static class CaseEdit
{
    /// <summary>The first event of a kind.</summary>
    public static T First<T>(this CaseContent content)
        where T : LogEvent => content.Records.Select(Decode).OfType<T>().First();

    /// <summary>The case with every event of a kind changed; those that become null are removed.</summary>
    public static CaseContent With<T>(this CaseContent content, Func<T, LogEvent?> change)
        where T : LogEvent => content with { Records = [.. content.Records.Select(record => Decode(record) is T one ? Changed(record, change(one), static meta => meta) : record).OfType<CaseRecord>()] };

    /// <summary>The case with another cause of every event of a kind.</summary>
    public static CaseContent WithCause<T>(this CaseContent content, ulong cause)
        where T : LogEvent => content with { Records = [.. content.Records.Select(record => Decode(record) is T one ? Changed(record, one, meta => meta with { Cause = new GlobalSeq(cause) })! : record)] };

    private static LogEvent? Decode(CaseRecord record) => LogEvent.Decode(new RecordView(record.Seq, record.Bytes.Span));

    private static CaseRecord? Changed(CaseRecord record, LogEvent? to, Func<RecordMeta, RecordMeta> change)
    {
        if (to is null)
        {
            return null;
        }

        var view = new RecordView(record.Seq, record.Bytes.Span);
        var batch = new EventBatch(view.Lane);
        batch.Add(to, change(view.Meta));
        foreach (var encoded in new SequencedBatch(new Epoch(1), record.Seq, 1, record.Seq, batch.Records))
        {
            return record with { Bytes = encoded.Bytes.ToArray() };
        }

        return null;
    }
}
