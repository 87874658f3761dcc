using System.Net;
using System.Text.Json;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Audits;

/// <summary>GET /blocks/{block}: what is asked of the fold, what is said of each transaction, and why there is no audit.</summary>
public sealed class BlockAnswerTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    private static readonly Hash256 _block = Named.Block("b");

    [Fact]
    public async Task An_audit_has_its_block_its_sources_its_margin_its_counts_and_its_transactions()
    {
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), Answer(Audit(2)));

        var (status, answer) = await api.GetAsync("/blocks/100?limit=2");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((9UL, 100UL, _block.ToString(), 7UL), (answer.GetProperty("asOfSeq").GetUInt64(), answer.GetProperty("number").GetUInt64(), answer.GetProperty("hash").GetString(), answer.GetProperty("seq").GetUInt64()));
        Assert.Equal("""[{"hash":"HASH","canonical":false}]""".Replace("HASH", Named.Block("b'").ToString(), StringComparison.Ordinal), answer.GetProperty("siblings").GetRawText());
        Assert.Equal("""{"micros":1840000,"samples":500,"measured":true}""", answer.GetProperty("margin").GetRawText());
        Assert.Equal("""{"found":1,"latePublic":0,"private":2,"fresh":0,"replaced":0,"missingStrong":3,"missingWeak":4,"unseen":5}""", answer.GetProperty("counts").GetRawText());
        Assert.Equal((null, "p2p", 12), (answer.GetProperty("sources")[0].GetProperty("peers").GetString(), answer.GetProperty("sources")[1].GetProperty("name").GetString(), answer.GetProperty("sources")[1].GetProperty("peers").GetInt32()));
        var tx = answer.GetProperty("transactions")[0];
        Assert.Equal(("missing", "weak", "[\"heard_too_late\",\"blobs\"]"), (tx.GetProperty("class").GetString(), tx.GetProperty("strength").GetString(), tx.GetProperty("reasons").GetRawText()));
        Assert.Equal((3, JsonValueKind.Null, 31_000_000L, 5UL), (tx.GetProperty("rank").GetInt32(), tx.GetProperty("index").ValueKind, tx.GetProperty("leadMicros").GetInt64(), tx.GetProperty("firstSeq").GetUInt64()));
        Assert.Equal($"{_block}-2", answer.GetProperty("next").GetString());
    }

    [Theory]
    [InlineData("/blocks/100", 100UL, 0, 500)]
    [InlineData("/blocks/head", null, 0, 500)]
    [InlineData("/blocks/100?limit=7&cursor=CURSOR", 100UL, 4, 7)]
    public async Task The_fold_is_asked_for_the_block_the_classes_and_the_page(string path, ulong? number, int skip, int limit)
    {
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), Answer(Audit(0)));

        await api.GetAsync(path.Replace("CURSOR", $"{_block}-4", StringComparison.Ordinal));

        var asked = (AuditQuery)api.Grains.Calls.Single(call => call.Call == nameof(IMempoolGrain.FindAudit)).Arguments[0]!;
        Assert.Equal((number, null, skip, limit), (asked.Number?.Value, asked.Hash, asked.Skip, asked.Limit));
    }

    [Fact]
    public async Task A_hash_and_classes_are_read()
    {
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), Answer(Audit(0)));

        await api.GetAsync($"/blocks/{_block}?classes=late_public,unseen");

        var asked = (AuditQuery)api.Grains.Calls.Single(call => call.Call == nameof(IMempoolGrain.FindAudit)).Arguments[0]!;
        Assert.Equal((null, (Hash256?)_block), (asked.Number, asked.Hash));
        Assert.Equal([AuditClass.LatePublic, AuditClass.Unseen], asked.Classes);
    }

    [Fact]
    public async Task A_cursor_of_another_block_is_refused()
    {
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), Answer(Audit(0)));

        var (status, problem) = await api.GetAsync($"/blocks/100?cursor={Named.Block("other")}-4");

        Assert.Equal((HttpStatusCode.BadRequest, "The value of 'cursor' is not valid: it belongs to another block. Ask for the first page again."), (status, problem.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("/blocks/102", "Block 102 of chain 1 is not known: the head is block 101. The audits of blocks 100 to 101 are kept (as of event 9).")]
    [InlineData("/blocks/99", "The log has no record of block 99: it goes from block 98 to block 100. The audits of blocks 100 to 101 are kept (as of event 9).")]
    [InlineData("/blocks/0x1111111111111111111111111111111111111111111111111111111111111111", "The log has no record of block 99: it goes from block 98 to block 100. The audits of blocks 100 to 101 are kept (as of event 9).")]
    public async Task A_block_without_an_audit_is_404_with_what_is_known(string path, string expected)
    {
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), Answer(null));
        api.Grains.Set<IReplayGrain>(nameof(IReplayGrain.Audit), new LoggedAuditAnswer(ReplayOutcome.Done, "The log has no record of block 99: it goes from block 98 to block 100.", null));

        var (status, problem) = await api.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, expected), (status, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task The_heights_that_are_missing_among_the_kept_ones_are_visible()
    {
        KeptAudit[] kept = [.. new ulong[] { 107, 106, 104, 101, 100, 99 }.Select(static number => new KeptAudit(new BlockNumber(number), Named.Block($"{number}"), true))];
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), new AuditAnswer(new GlobalSeq(9), new BlockNumber(107), kept, null));
        api.Grains.Set<IReplayGrain>(nameof(IReplayGrain.Audit), new LoggedAuditAnswer(ReplayOutcome.Done, "The log has no record of block 105: it goes from block 104 to block 106.", null));

        var (status, problem) = await api.GetAsync("/blocks/105");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.EndsWith("to block 106. The audits of blocks 99 to 101, 104, 106 to 107 are kept (as of event 9).", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_that_is_not_kept_is_that_of_the_log()
    {
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), Answer(null));
        api.Grains.Set<IReplayGrain>(nameof(IReplayGrain.Audit), new LoggedAuditAnswer(ReplayOutcome.Done, string.Empty, Answer(Audit(2)) with { AsOf = new GlobalSeq(8) }));

        var (status, answer) = await api.GetAsync("/blocks/100");

        Assert.Equal((HttpStatusCode.OK, 8UL, 100UL), (status, answer.GetProperty("asOfSeq").GetUInt64(), answer.GetProperty("number").GetUInt64()));
    }

    [Theory]
    [InlineData(ReplayOutcome.Running)]
    [InlineData(ReplayOutcome.Busy)]
    [InlineData(ReplayOutcome.Failed)]
    public async Task An_audit_that_is_being_derived_is_503_with_the_progress(ReplayOutcome outcome)
    {
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), Answer(null));
        api.Grains.Set<IReplayGrain>(nameof(IReplayGrain.Audit), new LoggedAuditAnswer(outcome, "It is at 7.", null));

        var (status, problem) = await api.GetAsync("/blocks/99");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "It is at 7."), (status, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Before_the_first_block_the_answer_is_404()
    {
        api.Begin().Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.FindAudit), new AuditAnswer(new GlobalSeq(3), null, [], null));

        var (status, problem) = await api.GetAsync("/blocks/head");

        Assert.Equal((HttpStatusCode.NotFound, "The audit has no block of chain 1 yet (as of event 3)."), (status, problem.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("/blocks/latest")]
    [InlineData("/blocks/-1")]
    [InlineData("/blocks/0x12")]
    [InlineData("/blocks/18446744073709551616")]
    public async Task What_is_no_block_is_400(string path)
    {
        var (status, problem) = await api.Begin().GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith("is not a valid block: expected a height, 0x and 64 hex digits, or 'head'.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static AuditAnswer Answer(AuditView? audit) => new(
        new GlobalSeq(9), new BlockNumber(101), [new KeptAudit(new BlockNumber(101), Named.Block("c"), true), new KeptAudit(new BlockNumber(100), _block, true), new KeptAudit(new BlockNumber(100), Named.Block("b'"), false)], audit);

    private static AuditView Audit(int transactions) => new()
    {
        Hash = _block,
        Number = new BlockNumber(100),
        Parent = Named.Block("a"),
        FeeRecipient = Named.Account("builder"),
        BaseFee = new Wei(7),
        GasUsed = new Gas(21_000),
        GasLimit = new Gas(30_000_000),
        SeenIn = new GlobalSeq(7),
        UndoneIn = GlobalSeq.None,
        ArrivedAt = new UnixNanoseconds(2_000_000_000),
        SlotAt = new UnixNanoseconds(0),
        HasSlotTime = true,
        MarginMicros = 1_840_000,
        MarginSamples = 500,
        IsMarginDefault = false,
        WindowMicros = 30_000_000,
        Sources = [new AuditSourceView("alpha", "rpc", false, 0, default, false, false), new AuditSourceView("p2p", "p2p", true, 12, default, false, true)],
        Gaps = [new AuditGapView("Silent", "alpha", default, null)],
        MarginalTip = null,
        NotExpected = new AuditLeftOut { Underpriced = 1, BelowMargin = 2, NoRoom = 3, NotExecutable = 4, AfterSlot = 5, WithoutBody = 6, Left = 7, BeyondLimit = 8 },
        Counts =
        [
            new AuditCount(AuditClass.Found, EvidenceStrength.Strong, 1),
            new AuditCount(AuditClass.Private, EvidenceStrength.Weak, 1),
            new AuditCount(AuditClass.Private, EvidenceStrength.Strong, 1),
            new AuditCount(AuditClass.Missing, EvidenceStrength.Strong, 3),
            new AuditCount(AuditClass.Missing, EvidenceStrength.Weak, 4),
            new AuditCount(AuditClass.Unseen, EvidenceStrength.Weak, 5),
        ],
        Matching = 5,
        Transactions = [.. Enumerable.Range(0, transactions).Select(static i => new AuditTx
        {
            Hash = Named.Tx($"{i}"),
            Sender = Named.Account("sender"),
            Nonce = new Nonce(1),
            Class = AuditClass.Missing,
            Strength = EvidenceStrength.Weak,
            Reasons = AuditReasons.HeardTooLate | AuditReasons.Blobs,
            Index = null,
            Rank = 3,
            Tip = new Wei(5),
            GasLimit = new Gas(21_000),
            GasUsed = null,
            HeardAt = new UnixNanoseconds(1),
            LeadMicros = 31_000_000,
            HeardBy = 2,
            HadBy = 1,
            LateIn = GlobalSeq.None,
            Replaces = null,
            Arrivals = [new AuditHeard("alpha", 31_000_000)],
            FirstIn = new GlobalSeq(5),
        })],
    };
}
