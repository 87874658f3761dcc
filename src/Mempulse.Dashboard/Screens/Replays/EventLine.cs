using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Dashboard.Screens.Replays;

/// <summary>An event of the log as a line.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="Type">Its kind.</param>
/// <param name="About">What it is about, in hex; empty for nothing.</param>
/// <param name="Kind">What that is: tx, block and so on.</param>
/// <param name="Note">What it says, in a word.</param>
/// <param name="IsDerived">True if it is derived.</param>
internal sealed record EventLine(GlobalSeq Seq, string Type, string About, string Kind, string Note, bool IsDerived)
{
    private static readonly KeyKind[] _subjects = [KeyKind.Tx, KeyKind.Bundle, KeyKind.Sim, KeyKind.Opp, KeyKind.Block, KeyKind.Sender, KeyKind.Peer];

    /// <summary>The line of a record.</summary>
    public static EventLine Of(SequencedRecord record)
    {
        var view = record.View;
        string about = string.Empty;
        string kind = string.Empty;
        foreach (var subject in _subjects)
        {
            if (view.TryGetKey(subject, out var key))
            {
                (about, kind) = (key.ToString(), Mempulse.Primitives.Json.EventJson.NameOf(subject));
                break;
            }
        }

        return new EventLine(record.Seq, EventCatalog.Core.NameOf(view.Kind), about, kind, NoteOf(view), view.IsDerived);
    }

    /// <summary>Where what the event is about has a screen; null for nowhere.</summary>
    public static string? HrefOf(string kind, string about) => kind switch
    {
        "tx" => $"/tx/{about}",
        "opp" => $"/opps/{about}",
        "bundle" => $"/bundle/{about}",
        "sim" => $"/sim/{about}",
        "block" => $"/blocks/{about}",
        "sender" => $"/sender/{about}",
        _ => null,
    };

    private static string NoteOf(in RecordView view)
    {
        try
        {
            return LogEvent.Decode(view) switch
            {
                LogEvent.TxStateChanged changed => changed.To.ToString(),
                LogEvent.TxReplaced replaced => $"by {Hashes.Short(replaced.By.ToString())}",
                LogEvent.TxIncluded included => $"block {Figures.Count(included.Number.Value)}",
                LogEvent.TxReopened reopened => reopened.To.ToString(),
                LogEvent.BlockObserved block => $"block {Figures.Count(block.Number.Value)}",
                LogEvent.ReorgDetected reorg => $"depth {Figures.Count(reorg.Depth)}",
                LogEvent.OppInvalidated ended => Words.Split(ended.Reason.ToString()),
                LogEvent.CheckpointTaken taken => Figures.Event(taken.At),
                _ => string.Empty,
            };
        }
        catch (EventDecodeException)
        {
            return "malformed";
        }
    }
}
