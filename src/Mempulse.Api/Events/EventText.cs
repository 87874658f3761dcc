using Mempulse.Api.Text;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Api.Events;

/// <summary>Turns records into event bodies.</summary>
internal static class EventText
{
    /// <summary>The body of one record.</summary>
    public static EventBody Of(SequencedRecord record)
    {
        var view = record.View;
        return new EventBody
        {
            Seq = view.Seq.Value,
            Type = view.Kind.ToString(),
            Version = view.Version,
            Time = EventTime.Format(view.Timestamp),
            Lane = view.Lane.ToString(),
            LocalSeq = view.LocalSeq,
            Source = view.Source == default ? null : view.Source.ToString(),
            Cause = view.IsDerived ? view.Cause.Value : null,
            Tx = view.TryGetKey(KeyKind.Tx, out var tx) ? tx.Value.ToString() : null,
            Block = view.TryGetKey(KeyKind.Block, out var block) ? block.Value.ToString() : null,
            Sender = view.TryGetKey(KeyKind.Sender, out var sender) ? sender.ToAddress().ToString() : null,
            Sim = view.TryGetKey(KeyKind.Sim, out var sim) ? sim.Value.ToString() : null,
            Payload = LogEvent.Decode(view) is { } known ? PayloadText.Of(known) : [],
        };
    }
}
