using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Folding.Tests.NewKinds;

/// <summary>A new kind of event needs one file and a golden line: no product file refers to <see cref="BaseFeeMoved"/>.</summary>
public sealed class NewKindTests
{
    private static readonly FoldComposition Watching = FoldComposition.Default.With(static () => new BaseFeeWatch(), BaseFeeMoved.Type);

    private static readonly BaseFeeMoved Sample = new(Named.Block("b1"), BaseFeeWatch.Before, new Wei(7), FeeDirection.Rose);

    private static readonly RecordMeta Meta = RecordMeta.Derived(DerivedEvents.Lane, new GlobalSeq(77), 3, new UnixNanoseconds(1_746_612_311_000_000_000));

    [Fact]
    public void It_reads_back_as_written() => Assert.Equal(Sample, Watching.Events.Decode(RecordOf(Sample)));

    [Fact]
    public void Its_bytes_match_the_golden_file()
    {
        string golden = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "events-v1.txt")).Single(line => line.StartsWith("0 ", StringComparison.Ordinal));

        string expected = $"0 {Watching.Events.NameOf(Sample.Kind)} 1 {Convert.ToHexStringLower(RecordOf(Sample).Bytes)}";

        Assert.True(golden == expected, $"Golden/events-v1.txt needs this line:\n{expected}");
    }

    [Fact]
    public void It_is_formatted_as_event_json() => Assert.Equal(
        $$$"""{"seq":78,"type":"BaseFeeMoved","version":1,"time":"2025-05-07T10:05:11.000000000Z","lane":"{{{DerivedEvents.Lane}}}","localSeq":3,"cause":77,"block":"{{{Named.Block("b1")}}}","payload":{"from":"5","to":"7","direction":"Rose"}}""",
        EventJson.TextOf(RecordOf(Sample), Watching.Events));

    [Fact]
    public void A_catalog_without_the_kind_formats_its_number_and_decodes_nothing()
    {
        Assert.Null(EventCatalog.Core.Decode(RecordOf(Sample)));
        Assert.Contains("\"type\":\"1001\"", EventJson.TextOf(RecordOf(Sample), EventCatalog.Core), StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_that_derives_the_same_finds_no_divergence() => Assert.Empty(DivergencesOf(Sample));

    [Fact]
    public void A_divergence_names_its_field_and_both_values()
    {
        var divergence = Assert.Single(DivergencesOf(Sample with { Direction = FeeDirection.Fell }));

        Assert.Equal(("direction", "Rose", "Fell"), (divergence.Field, divergence.Expected, divergence.Actual));
    }

    [Fact]
    public void An_unexpected_event_is_described_by_name_and_fields()
    {
        var story = new Scenario().Seen("a");
        var log = new ScenarioLog();
        CopyFacts(story, log);
        log.Append(BatchOf(Sample, RecordMeta.Derived(DerivedEvents.Lane, log.Last, 0, default)));

        var divergence = Assert.Single(Replayed(log));

        Assert.Equal((DivergenceKind.Unexpected, """BaseFeeMoved {"from":"5","to":"7","direction":"Rose"}"""), (divergence.Kind, divergence.Actual));
    }

    /// <summary>Replays one block with the event that its log holds for it.</summary>
    private static IReadOnlyList<Divergence> DivergencesOf(BaseFeeMoved logged)
    {
        var story = new Scenario().Block("b1");
        var log = new ScenarioLog();
        CopyFacts(story, log);
        var fact = log.At(log.Last);
        log.Append(BatchOf(logged, RecordMeta.Derived(DerivedEvents.Lane, fact.Seq, 0, fact.Timestamp)));
        return Replayed(log);
    }

    private static void CopyFacts(Scenario story, ScenarioLog log)
    {
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            if (!record.IsDerived)
            {
                log.Append(record);
            }
        }
    }

    private static IReadOnlyList<Divergence> Replayed(ScenarioLog log)
    {
        var engine = Watching.Create(Scenario.Chain);
        engine.Apply(log.ScanAfter(GlobalSeq.None));
        return engine.Divergences;
    }

    private static RecordView RecordOf(LogEvent logEvent)
    {
        var log = new ScenarioLog();
        log.Append(BatchOf(logEvent, Meta));
        return new RecordView(new GlobalSeq(78), log.At(log.Last).Bytes);
    }

    private static EventBatch BatchOf(LogEvent logEvent, in RecordMeta meta)
    {
        var batch = new EventBatch(DerivedEvents.Lane);
        batch.Add(logEvent, meta);
        return batch;
    }
}
