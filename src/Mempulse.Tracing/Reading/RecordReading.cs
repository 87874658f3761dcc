using Mempulse.Outcomes.Histories;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Tracing.Reading;

/// <summary>Decodes records.</summary>
internal static class RecordReading
{
    /// <summary>The record with its event; null if its kind is not known here, or its payload is not of its kind.</summary>
    public static LoggedEvent? Decode(in RecordView record)
    {
        try
        {
            return LogEvent.Decode(record) is { } known ? new LoggedEvent(record.Seq, record.Timestamp, record.Cause, known) : null;
        }
        catch (EventDecodeException)
        {
            return null;
        }
    }
}
