using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Models;

/// <summary>Feeds one log to the fold and to the model, and holds one against the other after every record.</summary>
internal sealed class ModelRun
{
    private readonly ReplayEngine _engine = ReplayEngine.Create(Scenario.Chain);
    private readonly LifecycleModel _model = new();
    private readonly EventBatch _drained = new(DerivedEvents.Lane);

    /// <summary>Applies the facts of a log. Its own derived events are left out: the fold's are compared with the model's.</summary>
    public static void Of(ScenarioLog log)
    {
        var run = new ModelRun();
        var facts = new ScenarioLog();
        foreach (var record in log.ScanAfter(GlobalSeq.None))
        {
            if (!record.IsDerived)
            {
                facts.Append(record);
                run.Apply(facts.At(facts.Last));
            }
        }
    }

    private void Apply(in RecordView record)
    {
        var fact = LogEvent.Decode(record)!;
        string where = $"{record.Seq}: {fact}";
        var expected = _model.Apply(fact, record.Source);
        _engine.Apply(record);

        var derived = Drain(record);
        Assert.True(expected.SequenceEqual(derived), $"{where}{Environment.NewLine}expected:{Lines(expected)}{Environment.NewLine}derived:{Lines(derived)}");
        ModelComparison.AssertSame(where, _model, _engine);
    }

    /// <summary>What the fold derived from a record: with the record's position as cause, numbered from 0.</summary>
    private List<LogEvent> Drain(in RecordView cause)
    {
        List<LogEvent> derived = [];
        _drained.Clear();
        int count = _engine.DrainDerived(_drained, int.MaxValue);
        if (count > 0)
        {
            foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), count, new GlobalSeq((ulong)count), _drained.Records))
            {
                Assert.Equal((cause.Seq, (ulong)derived.Count, cause.Timestamp), (record.Cause, record.LocalSeq, record.Timestamp));
                derived.Add(LogEvent.Decode(record)!);
                _engine.ConfirmDerived(record.Meta.LaneSequence);
            }
        }

        Assert.Equal(0, _engine.ExpectedCount);
        return derived;
    }

    private static string Lines(IEnumerable<LogEvent> events) => string.Concat(events.Select(static line => $"{Environment.NewLine}  {line}"));
}
