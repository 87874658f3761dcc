using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Rules;

/// <summary>The rules that hold are those that the log states: by content, from a position on, in a replay and after a restore.</summary>
public sealed class RulesFoldTests
{
    private readonly MadeContents _contents = new();
    private readonly ScenarioLog _log = new();
    private ulong _localSeq;

    [Fact]
    public void Before_the_log_states_a_registry_none_holds()
    {
        var engine = Create();

        Assert.Null(engine.View<IRulesView>().Registry);
        Assert.Equal(Create().Digest(), engine.Digest());
    }

    [Fact]
    public void The_registry_is_the_one_of_the_last_record_and_holds_from_the_first_record_with_its_content()
    {
        var (first, second) = (_contents.AddRegistry("first"), _contents.AddRegistry("second"));
        (Hash256 Hash, string Name, ulong Since)[] expected = [(first, "first", 1), (first, "first", 1), (second, "second", 3), (first, "first", 4)];
        var engine = Create();

        var actual = expected.Select(step =>
        {
            Apply(engine, step.Hash);
            engine.AssertInvariants();
            var rules = engine.View<IRulesView>().Registry!;
            return (rules.Registry.ContentHash, NameIn(rules.Registry), rules.Since.Value);
        });

        Assert.Equal(expected, actual.ToList());
    }

    [Fact]
    public void The_same_content_again_changes_nothing_and_another_one_changes_the_digest()
    {
        var engine = Create();
        Apply(engine, _contents.AddRegistry("first"));
        var before = engine.Digest();

        Apply(engine, _contents.AddRegistry("first"));
        Assert.Equal(before, engine.Digest());
        Apply(engine, _contents.AddRegistry("second"));

        Assert.NotEqual(before, engine.Digest());
    }

    [Fact]
    public void A_part_of_the_rules_that_this_version_does_not_know_is_left_alone()
    {
        var engine = Create();

        Apply(engine, Keccak256.Hash("of a later version"u8), (RuleSet)9);

        Assert.Null(engine.View<IRulesView>().Registry);
    }

    [Theory]
    [InlineData(null, "is not in memory, or is damaged there")]
    [InlineData("""{"format": 2}""", "This version cannot read the registry 'made.json' that holds from seq 2 on")]
    public void A_content_that_cannot_be_used_ends_the_fold_and_changes_nothing(string? content, string expected)
    {
        var engine = Create();
        Apply(engine, _contents.AddRegistry("first"));
        var (before, applied) = (engine.Digest(), engine.Applied);

        var failure = Assert.Throws<RulesUnavailableException>(() => Apply(engine, content is null ? Keccak256.Hash("elsewhere"u8) : _contents.Add(content)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal((before, applied, "first"), (engine.Digest(), engine.Applied, NameIn(engine.View<IRulesView>().Registry!.Registry)));
        engine.AssertInvariants();
    }

    [Fact]
    public void A_checkpoint_at_every_position_restores_the_registry_of_that_position()
    {
        Hash256[] steps = [_contents.AddRegistry("a"), _contents.AddRegistry("b"), _contents.AddRegistry("b"), _contents.AddRegistry("c")];
        var engine = Create();
        Assert.Null(RestoredFrom(engine).View<IRulesView>().Registry);
        foreach (var step in steps)
        {
            Apply(engine, step);

            var restored = RestoredFrom(engine);

            Assert.Equal((engine.Digest(), step), (restored.Digest(), restored.View<IRulesView>().Registry!.Registry.ContentHash));
            Assert.Equal(engine.View<IRulesView>().Registry!.Since, restored.View<IRulesView>().Registry!.Since);
            restored.AssertInvariants();
        }

        var straight = Create();
        straight.Apply(_log.ScanAfter(GlobalSeq.None));
        Assert.Equal(engine.Digest(), straight.Digest());
    }

    [Fact]
    public void A_checkpoint_whose_registry_is_gone_is_not_restored_in_silence()
    {
        var engine = Create();
        var hash = _contents.AddRegistry("a");
        Apply(engine, hash);
        _contents.Remove(hash);

        var failure = Assert.Throws<RulesUnavailableException>(() => RestoredFrom(engine));

        Assert.Contains($"The registry 'made.json' that holds from seq 1 on, {hash}", failure.Message, StringComparison.Ordinal);
    }

    private static string NameIn(ContractRegistry registry) =>
        registry.Find(new ContractKey(new ChainId(1), Address.Parse("0x00000000000000000000000000000000000000aa")), new BlockNumber(1))!.Name;

    private ReplayEngine Create() => FoldComposition.Default.Reading(_contents).Create(Scenario.Chain);

    private ReplayEngine RestoredFrom(ReplayEngine engine)
    {
        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);
        return FoldComposition.Default.Reading(_contents).Restore(Scenario.Chain, saved.WrittenSpan);
    }

    private void Apply(ReplayEngine engine, in Hash256 content, RuleSet set = RuleSet.Registry)
    {
        var batch = new EventBatch(RulesRecord.Lane);
        batch.Add(new LogEvent.RulesLoaded(set, content, 1, "made.json"), RecordMeta.Fact(RulesRecord.Lane, ++_localSeq, default, default));
        _log.Append(batch);
        engine.Apply(_log.At(_log.Last));
    }
}
