using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Audits;
using Mempulse.Testing.Audits;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Audits;

/// <summary>What an audit says of each transaction, and when it says less.</summary>
public sealed class BlockAuditTests
{
    private const long FirstSlot = 10 * AuditStory.SlotMilliseconds;

    private static readonly string[] _all = ["alpha", "beta"];

    /// <summary>Six payments that fill what each block takes, so that a tip can be compared with theirs.</summary>
    private static ScenarioTx[] Usual(string prefix = "usual") => [.. Enumerable.Range(0, 6).Select(i => new ScenarioTx($"{prefix}{i}", $"{prefix}-sender{i}", 0) { Fee = 1_000, Tip = 10 + (ulong)i })];

    private static ScenarioTx Wanted => new("wanted", "wanting", 0) { Fee = 1_000, Tip = 100 };

    [Fact]
    public void A_transaction_that_every_source_had_for_thirty_seconds_and_that_paid_more_than_others_is_missing_and_strong()
    {
        var story = Watched().Arrives(FirstSlot - 31_000, Wanted, _all).NonceIs(FirstSlot - 30_500, "wanting", 0).Block("b", Usual());

        var wanted = story.Expected("b", "wanted")!;
        Assert.Equal((AuditClass.Missing, EvidenceStrength.Strong, AuditReasons.None), (wanted.Class, wanted.Strength, wanted.Reasons));
        Assert.Equal((0, 31_000_000L, 2, 2), (wanted.Rank!.Value, wanted.LeadMicros!.Value, wanted.HeardBy, wanted.HadBy));
        Assert.Equal(7, story.Audit("b").Expected.Count);
        story.AssertReplays();
    }

    [Theory]
    [InlineData("late", AuditReasons.HeardTooLate)]
    [InlineData("one source", AuditReasons.NotHeardByAll)]
    [InlineData("no nonce", AuditReasons.NonceUnproven)]
    [InlineData("left", AuditReasons.LeftSource)]
    [InlineData("lost", AuditReasons.SourceGap)]
    [InlineData("blob", AuditReasons.Blobs)]
    [InlineData("low tip", AuditReasons.MarginalFee)]
    [InlineData("few", AuditReasons.FewPublic)]
    [InlineData("sender", AuditReasons.SenderInBlock)]
    public void Each_missing_condition_makes_it_weak_and_is_named(string condition, AuditReasons expected)
    {
        var story = Watched();
        var wanted = Wanted with { Type = condition == "blob" ? TxType.Blob : TxType.DynamicFee, Tip = condition == "low tip" ? 10UL : 100, Nonce = condition == "sender" ? 1UL : 0 };
        long at = FirstSlot - (condition == "late" ? 20_000 : 31_000);
        var before = new ScenarioTx("before", "wanting", 0) { Fee = 1_000, Tip = 50 };
        if (condition == "sender")
        {
            story.Arrives(at, before, _all);
        }

        story.Arrives(at, wanted, condition == "one source" ? ["alpha"] : _all);
        if (condition != "no nonce")
        {
            story.NonceIs(FirstSlot - 30_500, "wanting", 0);
        }

        if (condition == "left")
        {
            story.Left(FirstSlot - 10_000, "wanted", "beta");
        }

        if (condition == "lost")
        {
            story.Lose(FirstSlot - 10_000, "beta").Connect(FirstSlot - 5_000, "beta");
        }

        story.Block("b", condition == "few" ? Usual()[..4] : condition == "sender" ? [.. Usual(), before] : Usual());

        var found = story.Expected("b", "wanted")!;
        Assert.Equal((AuditClass.Missing, EvidenceStrength.Weak, expected), (found.Class, found.Strength, found.Reasons));
        story.AssertReplays();
    }

    [Fact]
    public void A_single_source_is_not_enough_for_a_strong_statement()
    {
        var story = new AuditStory().Connect(0, "alpha").Block("genesis block");
        Advance(story, ["alpha"]);

        story.Arrives(FirstSlot - 31_000, Wanted, "alpha").NonceIs(FirstSlot - 30_500, "wanting", 0).Block("b", Usual());

        Assert.Equal(AuditReasons.FewSources, story.Expected("b", "wanted")!.Reasons);
    }

    [Fact]
    public void Peers_count_as_one_source_that_has_what_half_of_them_announced_and_say_nothing_about_balances()
    {
        var story = new AuditStory().ConnectPeers(0, "p1", "p2", "p3", "p4").Block("genesis block");
        Advance(story, ["p1", "p2", "p3", "p4"]);

        story.Arrives(FirstSlot - 31_000, Wanted, "p1", "p2").NonceIs(FirstSlot - 30_500, "wanting", 0)
            .Arrives(FirstSlot - 31_000, new ScenarioTx("rare", "rarely", 0) { Fee = 1_000, Tip = 90 }, "p1").NonceIs(FirstSlot - 30_500, "rarely", 0)
            .Block("b", Usual());

        Assert.Equal(AuditReasons.FewSources | AuditReasons.BalanceUnknown, story.Expected("b", "wanted")!.Reasons);
        Assert.Equal(AuditReasons.FewSources | AuditReasons.BalanceUnknown | AuditReasons.NotHeardByAll, story.Expected("b", "rare")!.Reasons);
        Assert.Equal(4, Assert.Single(story.Audit("b").Sources).Peers);
    }

    [Theory]
    [InlineData(31_000, AuditClass.Found, EvidenceStrength.Strong)]
    [InlineData(4_001, AuditClass.Found, EvidenceStrength.Strong)]
    [InlineData(4_000, AuditClass.Fresh, EvidenceStrength.Weak)]
    [InlineData(-1_000, AuditClass.Fresh, EvidenceStrength.Weak)]
    public void A_transaction_of_the_block_is_found_or_fresh_by_how_long_before_the_slot_it_was_announced(long lead, AuditClass expected, EvidenceStrength strength)
    {
        var story = Watched().Arrives(FirstSlot - lead, Wanted, _all).Block("b", [.. Usual(), Wanted]);

        var wanted = story.Actual("b", "wanted");
        Assert.Equal((expected, strength, (int?)6, (long?)(lead * 1_000)), (wanted.Class, wanted.Strength, wanted.Index, wanted.LeadMicros));
        Assert.Equal(expected == AuditClass.Found ? 0 : null, wanted.Rank);
    }

    [Fact]
    public void A_transaction_that_no_source_announced_is_private_until_one_announces_it()
    {
        var story = Watched().Block("b", [.. Usual(), Wanted]);

        var before = story.Actual("b", "wanted");
        story.Seen(FirstSlot + 3_000, "wanted", "beta");
        var after = story.Actual("b", "wanted");

        Assert.Equal((AuditClass.Private, EvidenceStrength.Strong), (before.Class, before.Strength));
        Assert.Equal((AuditClass.LatePublic, EvidenceStrength.Strong, (long?)-3_000_000), (after.Class, after.Strength, after.LeadMicros));
        Assert.Equal(story.Log.Last, after.LateIn);
        story.AssertReplays();
    }

    [Fact]
    public void A_private_transaction_is_a_weak_statement_when_a_source_was_lost_before_the_block()
    {
        var story = Watched().Lose(FirstSlot + 1_000, "beta").Block("b", [.. Usual(), Wanted]);

        Assert.Equal((AuditClass.Private, AuditReasons.SourceGap), (story.Actual("b", "wanted").Class, story.Actual("b", "wanted").Reasons));
    }

    [Fact]
    public void A_transaction_in_place_of_one_that_the_pool_held_is_replaced()
    {
        var story = Watched().Arrives(FirstSlot - 20_000, Wanted, _all).NonceIs(FirstSlot - 19_000, "wanting", 0);
        story.Block("b", [.. Usual(), new ScenarioTx("instead", "wanting", 0) { Fee = 2_000, Tip = 200 }]);

        var instead = story.Actual("b", "instead");
        Assert.Equal((AuditClass.Replaced, EvidenceStrength.Strong, (Hash256?)Named.Tx("wanted")), (instead.Class, instead.Strength, instead.Replaces));
        Assert.Null(story.Expected("b", "wanted"));
    }

    [Fact]
    public void A_transaction_announced_within_the_margin_and_absent_is_unseen()
    {
        var story = Watched().Arrives(FirstSlot - 3_000, Wanted, _all).NonceIs(FirstSlot - 2_000, "wanting", 0).Block("b", Usual());

        var wanted = story.Expected("b", "wanted")!;
        Assert.Equal((AuditClass.Unseen, EvidenceStrength.Weak), (wanted.Class, wanted.Strength));
        Assert.True(wanted.Reasons.HasFlag(AuditReasons.InsideMargin));
    }

    [Fact]
    public void What_could_not_be_in_the_block_is_not_expected_and_is_counted_by_reason()
    {
        var story = Watched()
            .Arrives(FirstSlot - 40_000, new ScenarioTx("cheap", "a", 0) { Fee = 49, Tip = 1 }, _all)
            .Arrives(FirstSlot - 40_000, new ScenarioTx("low", "b", 0) { Fee = 1_000, Tip = 9 }, _all)
            .Arrives(FirstSlot - 40_000, new ScenarioTx("large", "c", 0) { Fee = 1_000, Tip = 100, GasLimit = 1_000_001 }, _all)
            .NonceIs(FirstSlot - 39_500, "d", 0)
            .Arrives(FirstSlot - 40_000, new ScenarioTx("gapped", "d", 1) { Fee = 1_000, Tip = 100 }, _all)
            .Seen(FirstSlot - 40_000, "bodyless", "alpha")
            .Arrives(FirstSlot + 1_000, new ScenarioTx("after", "e", 0) { Fee = 1_000, Tip = 100 }, _all);
        story.BlockOn(story.HeadName, 10, "b", Usual(), gasUsed: [150_000, 150_000, 150_000, 150_000, 150_000, 150_000]);

        var audit = story.Audit("b");
        Assert.Equal(6, audit.Expected.Count);
        Assert.Equal(new AuditCounts(Underpriced: 1, BelowMargin: 1, NoRoom: 1, NotExecutable: 1, AfterSlot: 1, WithoutBody: 9, Left: 0, BeyondLimit: 0), audit.NotExpected); // the noise has no bodies
    }

    [Fact]
    public void A_transaction_fits_only_in_the_gas_that_was_left_and_that_of_public_ones_with_lower_tips()
    {
        var story = Watched().Arrives(FirstSlot - 31_000, Wanted with { GasLimit = 200_000, Tip = 12 }, _all).NonceIs(FirstSlot - 30_500, "wanting", 0);
        story.GasLimit = 700_000;
        story.Outcome = ExecutionOutcome.Unknown;
        story.BlockOn(story.HeadName, 10, "b", Usual(), gasUsed: [100_000, 100_000, 100_000, 100_000, 100_000, 100_000]);

        Assert.Null(story.Expected("b", "wanted")); // 100,000 are left; 2 public ones with lower tips used at least 42,000
        Assert.Equal(1, story.Audit("b").NotExpected.NoRoom);

        story.Receipts(FirstSlot + 3_000, "b", 10, [.. Usual().Select(static tx => (tx.Name, 100_000UL))]);

        Assert.Equal(AuditClass.Missing, story.Expected("b", "wanted")!.Class);
        story.AssertReplays();
    }

    [Fact]
    public void A_transaction_behind_an_absent_nonce_is_expected_only_after_that_one_and_weak()
    {
        var second = new ScenarioTx("second", "wanting", 1) { Fee = 1_000, Tip = 500 };
        var story = Watched().Arrives(FirstSlot - 31_000, Wanted with { Tip = 50 }, _all).Arrives(FirstSlot - 31_000, second, _all).NonceIs(FirstSlot - 30_500, "wanting", 0).Block("b", Usual());

        Assert.Equal((0, 1), (story.Expected("b", "wanted")!.Rank!.Value, story.Expected("b", "second")!.Rank!.Value));
        Assert.Equal(AuditReasons.AfterAbsent, story.Expected("b", "second")!.Reasons);

        story = Watched().Arrives(FirstSlot - 31_000, Wanted with { Tip = 5 }, _all).Arrives(FirstSlot - 31_000, second, _all).NonceIs(FirstSlot - 30_500, "wanting", 0).Block("b", Usual());

        Assert.Null(story.Expected("b", "second"));
    }

    [Fact]
    public void An_undone_block_keeps_its_audit_and_its_successor_is_weak()
    {
        var story = Watched().Arrives(FirstSlot - 31_000, Wanted, _all).NonceIs(FirstSlot - 30_500, "wanting", 0);
        string parent = story.HeadName;
        story.Block("b", [.. Usual(), Wanted]);
        story.BlockOn(parent, 10, "b'", Usual(), at: FirstSlot + 5_000);

        Assert.Equal((false, true), (story.Engine.Audits.Blocks()[1].IsCanonical, story.Engine.Audits.Blocks()[0].IsCanonical));
        Assert.Equal(story.Log.Last, story.Audit("b").UndoneIn);
        Assert.Equal(AuditClass.Found, story.Actual("b", "wanted").Class);
        Assert.Equal(AuditReasons.Reorg | AuditReasons.Reopened, story.Expected("b'", "wanted")!.Reasons);

        story.BlockOn(parent, 10, "b", [.. Usual(), Wanted], at: FirstSlot + 8_000);

        Assert.Equal((true, GlobalSeq.None), (story.Engine.Audits.Blocks()[0].IsCanonical, story.Audit("b").UndoneIn));
        Assert.Equal(story.Log.Last, story.Audit("b").SeenIn);
        story.AssertReplays();
    }

    [Fact]
    public void A_block_whose_timestamp_does_not_fit_is_held_against_its_arrival_and_weak()
    {
        var story = Watched().Arrives(FirstSlot, Wanted, _all).NonceIs(FirstSlot, "wanting", 0);
        story.BlockOn(story.HeadName, 10, "b", Usual(), at: FirstSlot + 61_000);

        Assert.False(story.Audit("b").HasSlotTime);
        Assert.Equal(story.Audit("b").ArrivedAt, story.Audit("b").SlotAt);
        Assert.True(story.Expected("b", "wanted")!.Reasons.HasFlag(AuditReasons.NoSlotTime));
    }

    [Fact]
    public void The_margin_is_the_measured_99th_percentile_once_there_are_enough_delays()
    {
        var story = Watched();
        for (int i = 0; i < 100; i++)
        {
            long at = FirstSlot - 11_900 + (i * 100);
            story.Seen(at, $"timed{i}", "alpha").Seen(at + 64, $"timed{i}", "beta");
        }

        story.Block("b", Usual());

        var audit = story.Audit("b");
        Assert.False(audit.IsMarginDefault);
        Assert.InRange(audit.MarginMicros, 64_000UL, 80_000UL);
        Assert.Equal(114UL, audit.MarginSamples); // 8 of the noise and 6 of the usual ones
    }

    [Fact]
    public void The_evidence_about_no_more_than_sixty_four_blocks_is_kept()
    {
        var story = Watched();
        for (int i = 0; i < IAuditView.MaxBlocks; i++)
        {
            story.Block($"n{i}");
        }

        Assert.Equal(IAuditView.MaxBlocks, story.Engine.Audits.Blocks().Count);
        Assert.Null(story.Engine.Audits.Find(Named.Block("genesis block")));
        Assert.NotNull(story.Engine.Audits.Find(Named.Block("n0")));
        story.Engine.AssertInvariants();
    }

    /// <summary>Two sources, nine blocks, and the usual payments announced.</summary>
    private static AuditStory Watched()
    {
        var story = new AuditStory().Connect(0, _all).Block("genesis block");
        Advance(story, _all);
        return story;
    }

    private static void Advance(AuditStory story, string[] sources)
    {
        while (story.Head < 9)
        {
            story.Block($"early {story.Head}");
            foreach (string source in sources)
            {
                story.Seen(AuditStory.SlotOf(story.Head) + 5_000, $"noise {story.Head}", source);
            }
        }

        foreach (var usual in Usual())
        {
            story.Arrives(FirstSlot - 11_950, usual, sources);
        }
    }
}
