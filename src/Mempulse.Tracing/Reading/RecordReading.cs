using Mempulse.Outcomes.Histories;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Tracing.Reading;

/// <summary>Decodes records.</summary>
internal static class RecordReading
{
    /// <summary>The record with its event; null if its kind is not known here.</summary>
    public static LoggedEvent? Decode(in RecordView record) =>
        LogEvent.Decode(record) is { } known ? new LoggedEvent(record.Seq, record.Timestamp, record.Cause, known) : null;
}
