using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>What was asked of one relay for a bundle, by one command. A part of the bundle's entry.</summary>
internal sealed class BundleRequest(string relay, RelayCommandKind command)
{
    /// <summary>The relay.</summary>
    public string Relay { get; } = relay;

    /// <summary>What it was asked for.</summary>
    public RelayCommandKind Command { get; } = command;

    /// <summary>The number of the last attempt that started.</summary>
    public int LastStarted { get; set; }

    /// <summary>When it started.</summary>
    public UnixNanoseconds StartedAt { get; set; }

    /// <summary>The number of the last attempt that was answered.</summary>
    public int LastAnswered { get; set; }

    /// <summary>What came back of it.</summary>
    public ErrorClass Class { get; set; }

    /// <summary>What follows from it.</summary>
    public AttemptConsequence Consequence { get; set; }

    /// <summary>The rule that refused the last request before it left.</summary>
    public PreflightRule Refusal { get; set; }

    /// <summary>The record of that refusal.</summary>
    public GlobalSeq RefusedIn { get; set; }

    /// <summary>The record of the first attempt that sent something.</summary>
    public GlobalSeq FirstSentIn { get; set; }

    /// <summary>The record of the first attempt that sent nothing.</summary>
    public GlobalSeq DryIn { get; set; }

    /// <summary>The record of the last answer to what was sent.</summary>
    public GlobalSeq AnsweredIn { get; set; }

    /// <summary>Attempts that sent something and were not answered.</summary>
    public int Unanswered { get; set; }

    /// <summary>True if the relay accepted one of them.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>True if an answer left open whether the relay has it.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>True if it asks the relay to include the bundle.</summary>
    public bool IsSending => Command is RelayCommandKind.SendBundle or RelayCommandKind.SendPrivateTransaction;

    /// <summary>True if something was sent.</summary>
    public bool HasLeft => FirstSentIn != GlobalSeq.None;

    /// <summary>True if the relay may have what was sent.</summary>
    public bool MayHave => IsAccepted || IsUnknown || Unanswered > 0;

    /// <summary>Negative, zero or positive, as it comes before, is or comes after the request of a relay and command.</summary>
    public int CompareTo(string relay, RelayCommandKind command)
    {
        int order = string.CompareOrdinal(Relay, relay);
        return order != 0 ? order : Command.CompareTo(command);
    }

    public RequestStanding ToStanding() => new(Relay, Command)
    {
        LastStarted = LastStarted,
        StartedAt = StartedAt,
        LastAnswered = LastAnswered,
        Class = Class,
        Consequence = LastAnswered > 0 ? Consequence : null,
        Refusal = Refusal,
        IsDryRun = !HasLeft && DryIn != GlobalSeq.None,
    };

    public void Write(EntryWriter writer)
    {
        writer.Write(Relay);
        writer.Write((byte)Command);
        writer.WriteCount(LastStarted);
        writer.Write(StartedAt.Value);
        writer.WriteCount(LastAnswered);
        writer.Write((byte)Class);
        writer.Write((byte)Consequence);
        writer.Write((byte)Refusal);
        writer.Write(RefusedIn.Value);
        writer.Write(FirstSentIn.Value);
        writer.Write(DryIn.Value);
        writer.Write(AnsweredIn.Value);
        writer.WriteCount(Unanswered);
        writer.Write(IsAccepted);
        writer.Write(IsUnknown);
    }

    public static BundleRequest Read(ref EntryReader reader) => new(reader.ReadString(), (RelayCommandKind)reader.ReadByte())
    {
        LastStarted = reader.ReadInt32(),
        StartedAt = new UnixNanoseconds(reader.ReadInt64()),
        LastAnswered = reader.ReadInt32(),
        Class = (ErrorClass)reader.ReadByte(),
        Consequence = (AttemptConsequence)reader.ReadByte(),
        Refusal = (PreflightRule)reader.ReadByte(),
        RefusedIn = new GlobalSeq(reader.ReadUInt64()),
        FirstSentIn = new GlobalSeq(reader.ReadUInt64()),
        DryIn = new GlobalSeq(reader.ReadUInt64()),
        AnsweredIn = new GlobalSeq(reader.ReadUInt64()),
        Unanswered = reader.ReadInt32(),
        IsAccepted = reader.ReadBoolean(),
        IsUnknown = reader.ReadBoolean(),
    };
}
