using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>Feeds facts to the fold and to the model, and holds one against the other after every one of them.</summary>
internal sealed class ModelRun
{
    private const ulong RestartEvery = 13;

    private static readonly LaneId s_lane = LaneId.Of("model");

    private readonly LifecycleModel _model = new();
    private readonly EventBatch _fact = new(s_lane);
    private readonly EventBatch _drained = new(DerivedEvents.Lane);
    private ReplayEngine _engine = ReplayEngine.Create(Scenario.Chain);

    /// <summary>Applies the facts of a log. Its own derived events are left out: the fold's are compared with the model's.</summary>
    public static void Of(ScenarioLog log)
    {
        var run = new ModelRun();
        foreach (var record in log.ScanAfter(GlobalSeq.None))
        {
            if (!record.IsDerived)
            {
                run.Apply(LogEvent.Decode(record)!, record.Source);
            }
        }
    }

    /// <summary>Applies facts. Every few of them the fold is saved, and continues from its checkpoint.</summary>
    public static void Of(IReadOnlyList<(LogEvent Fact, string Source)> facts)
    {
        var run = new ModelRun();
        foreach (var (fact, source) in facts)
        {
            run.Apply(fact, SourceId.Of(source));
            if (run._engine.Applied.Value % RestartEvery == 0)
            {
                run.Restart();
            }
        }

        run._engine.AssertInvariants();
    }

    private void Apply(LogEvent fact, SourceId source)
    {
        var expected = _model.Apply(fact, source);
        var seq = _engine.Applied.Next;
        var at = new UnixNanoseconds(1_700_000_000_000_000_000 + (long)seq.Value);
        _fact.Clear();
        _fact.Add(fact, RecordMeta.Fact(s_lane, seq.Value, at, source));
        _engine.Apply(new SequencedBatch(new Epoch(1), seq, 1, seq, _fact.Records));

        var derived = Drain(seq, at);
        string Where() => $"{seq}: {fact}";
        Assert.True(expected.SequenceEqual(derived), expected.SequenceEqual(derived) ? null : $"{Where()}{Environment.NewLine}expected:{Lines(expected)}{Environment.NewLine}derived:{Lines(derived)}");
        ModelComparison.AssertSame(Where, _model, _engine);
    }

    private void Restart()
    {
        var saved = new ByteBuffer();
        _engine.SaveCheckpoint(saved);
        _engine = ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
    }

    /// <summary>What the fold derived from a fact: with the fact's position as cause and its time, numbered from 0.</summary>
    private List<LogEvent> Drain(GlobalSeq cause, UnixNanoseconds at)
    {
        List<LogEvent> derived = [];
        _drained.Clear();
        int count = _engine.DrainDerived(_drained, int.MaxValue);
        if (count > 0)
        {
            foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), count, new GlobalSeq((ulong)count), _drained.Records))
            {
                Assert.Equal((cause, (ulong)derived.Count, at), (record.Cause, record.LocalSeq, record.Timestamp));
                derived.Add(LogEvent.Decode(record)!);
                _engine.ConfirmDerived(record.Meta.LaneSequence);
            }
        }

        Assert.Equal(0, _engine.ExpectedCount);
        return derived;
    }

    private static string Lines(IEnumerable<LogEvent> events) => string.Concat(events.Select(static line => $"{Environment.NewLine}  {line}"));
}
