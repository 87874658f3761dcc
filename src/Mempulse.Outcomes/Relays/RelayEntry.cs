using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Outcomes.Relays;

/// <summary>A relay: its last answers, and its breaker.</summary>
internal sealed class RelayEntry(string relay) : StateEntry, IKeyed<RelayName>
{
    public const byte EntryTag = 0x58;

    /// <summary>Attempts that are looked at.</summary>
    public const int Window = 64;

    private readonly List<RelayAnswer> _answers = [];

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public RelayName Key { get; } = new(relay);

    /// <summary>Its last attempts, the oldest first.</summary>
    public IReadOnlyList<RelayAnswer> Answers => _answers;

    /// <summary>Attempts since the last that did not fail.</summary>
    public int FailedInARow { get; set; }

    /// <summary>Whether requests go to it.</summary>
    public BreakerState Breaker { get; set; }

    /// <summary>How often the breaker opened since it was closed.</summary>
    public int Opened { get; set; }

    /// <summary>When an open breaker lets one request through.</summary>
    public UnixNanoseconds OpenUntil { get; set; }

    /// <summary>True while the request is under way that decides a half open breaker.</summary>
    public bool IsProbing { get; set; }

    /// <summary>When it started.</summary>
    public UnixNanoseconds ProbedAt { get; set; }

    /// <summary>The weight that was stated last.</summary>
    public int StatedWeight { get; set; } = RelayWeight.Full;

    /// <summary>Bundles that it accepted and that landed.</summary>
    public ulong Landed { get; set; }

    /// <summary>The record of its last attempt.</summary>
    public GlobalSeq LastAttempt { get; set; }

    /// <summary>Adds an attempt; the oldest one leaves when the window is full.</summary>
    public void Add(RelayAnswer answer)
    {
        if (_answers.Count == Window)
        {
            _answers.RemoveAt(0);
        }

        _answers.Add(answer);
        FailedInARow = answer.Kind == AnswerKind.Failed ? FailedInARow + 1 : 0;
    }

    /// <summary>Forgets its attempts: what was before an outage says nothing of what comes after it.</summary>
    public void Forget()
    {
        _answers.Clear();
        FailedInARow = 0;
    }

    /// <summary>Attempts of the window that count in one way.</summary>
    public int CountOf(AnswerKind kind)
    {
        int count = 0;
        foreach (var answer in _answers)
        {
            count += answer.Kind == kind ? 1 : 0;
        }

        return count;
    }

    /// <summary>The median latency of the answers; the lower one of two, 0 without an answer.</summary>
    public ulong Latency()
    {
        List<ulong> latencies = [];
        foreach (var answer in _answers)
        {
            if (answer.Kind != AnswerKind.Failed)
            {
                latencies.Add(answer.LatencyMicroseconds);
            }
        }

        latencies.Sort();
        return latencies.Count == 0 ? 0 : latencies[(latencies.Count - 1) / 2];
    }

    public RelayStanding ToStanding() => new()
    {
        Relay = Key.Text,
        Breaker = Breaker,
        MaySend = Breaker == BreakerState.Closed || (Breaker == BreakerState.HalfOpen && !IsProbing),
        OpenUntil = Breaker == BreakerState.Open ? OpenUntil : null,
        WeightBasisPoints = RelayWeight.Of(this),
        Attempts = _answers.Count,
        Accepted = CountOf(AnswerKind.Accepted),
        Failed = CountOf(AnswerKind.Failed),
        Failures = [.. _answers.Select(static answer => answer.Kind == AnswerKind.Failed)],
        LatencyMicroseconds = Latency(),
        Landed = Landed,
        LastAttempt = LastAttempt,
    };

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key.Text);
        writer.WriteCount(_answers.Count);
        foreach (var answer in _answers)
        {
            writer.Write((byte)answer.Kind);
            writer.Write(answer.LatencyMicroseconds);
        }

        writer.WriteCount(FailedInARow);
        writer.Write((byte)Breaker);
        writer.WriteCount(Opened);
        writer.Write(OpenUntil.Value);
        writer.Write(IsProbing);
        writer.Write(ProbedAt.Value);
        writer.WriteCount(StatedWeight);
        writer.Write(Landed);
        writer.Write(LastAttempt.Value);
    }

    public static RelayEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var entry = new RelayEntry(reader.ReadString());
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            entry._answers.Add(new RelayAnswer(reader.ReadEnum(AnswerKind.Failed), reader.ReadUInt64()));
        }

        entry.FailedInARow = reader.ReadInt32();
        entry.Breaker = reader.ReadEnum(BreakerState.HalfOpen);
        entry.Opened = reader.ReadInt32();
        entry.OpenUntil = new UnixNanoseconds(reader.ReadInt64());
        entry.IsProbing = reader.ReadBoolean();
        entry.ProbedAt = new UnixNanoseconds(reader.ReadInt64());
        entry.StatedWeight = reader.ReadInt32();
        entry.Landed = reader.ReadUInt64();
        entry.LastAttempt = new GlobalSeq(reader.ReadUInt64());
        return entry;
    }
}
