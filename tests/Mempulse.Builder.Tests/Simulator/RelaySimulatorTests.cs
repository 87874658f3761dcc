using Mempulse.Builder.Answers;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.RelaySim;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Faults;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Builder.Tests.Simulator;

/// <summary>The simulated builder behaves as real ones do: it takes, replaces, cancels, and drops without a word.</summary>
public sealed class RelaySimulatorTests : IDisposable
{
    private static readonly RelayCredential Searcher = RelayCredential.OfSigner(MadeBundles.Signer);
    private static readonly RelayCredential Rival = RelayCredential.OfSigner(new EcdsaSigner([.. new byte[31], 9]));

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private readonly RelayHttp _http = new();
    private ulong _id;

    public static TheoryData<string> Names => [.. RelayDialects.All.Select(dialect => dialect.Name)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_dialect_is_spoken_from_the_bundle_to_its_hash(string name)
    {
        var dialect = RelayDialects.Find(name)!;
        await using var relay = await StartAsync(dialect);
        var bundle = MadeBundles.FullFor(dialect);

        var answer = await AskAsync(relay, dialect, new RelayCommand.Send(bundle), Credential(dialect));

        Assert.Equal((ErrorClass.None, bundle.ComputeBundleHash()), (answer.Class, answer.NamedHash));
        var taken = Assert.Single(relay.Pool.All);
        Assert.Equal((BundleFate.Waiting, PreflightRule.None), (taken.Fate, taken.Rule));
        Assert.Equal(dialect.Authentication.Scheme == AuthenticationScheme.FlashbotsSignature && dialect.Authentication.Source is not null ? MadeBundles.Signer.Account : null, taken.Searcher);
    }

    [Theory]
    [InlineData("titan")]
    [InlineData("buildernet")]
    [InlineData("quasar")]
    [InlineData("flashbots")]
    public async Task A_bundle_is_replaced_and_cancelled_under_its_UUID(string name)
    {
        var dialect = RelayDialects.Find(name)!;
        await using var relay = await StartAsync(dialect);
        var first = Named(1, MadeBundles.Transaction(0));

        await AskAsync(relay, dialect, new RelayCommand.Send(first), Searcher);
        await AskAsync(relay, dialect, new RelayCommand.Send(Named(2, MadeBundles.Transaction(1))), Searcher);
        Assert.Equal([BundleFate.Replaced, BundleFate.Waiting], Fates(relay));

        var cancelled = await AskAsync(relay, dialect, new RelayCommand.Cancel(MadeBundles.Uuid, 3), Searcher);

        Assert.Equal(AttemptConsequence.Accepted, cancelled.Consequence);
        Assert.Equal([BundleFate.Replaced, BundleFate.Cancelled], Fates(relay));
    }

    [Fact]
    public async Task No_one_else_cancels_or_replaces_a_bundle()
    {
        var dialect = RelayDialects.Find("buildernet")!;
        await using var relay = await StartAsync(dialect);
        await AskAsync(relay, dialect, new RelayCommand.Send(Named(1, MadeBundles.Transaction(0))), Searcher);

        await AskAsync(relay, dialect, new RelayCommand.Cancel(MadeBundles.Uuid, 2), Rival);
        await AskAsync(relay, dialect, new RelayCommand.Send(Named(2, MadeBundles.Transaction(1))), Rival);

        Assert.Equal([BundleFate.Waiting, BundleFate.Waiting], Fates(relay));
    }

    [Fact]
    public async Task A_cancellation_that_comes_too_late_is_answered_and_does_nothing()
    {
        var dialect = RelayDialects.Find("titan")!;
        await using var relay = await StartAsync(dialect);
        await AskAsync(relay, dialect, new RelayCommand.Send(Named(1, MadeBundles.Transaction(0))), Searcher);
        relay.Faults.Plan(RelayFault.CancelTooLate);

        var answer = await AskAsync(relay, dialect, new RelayCommand.Cancel(MadeBundles.Uuid, 2), Searcher);

        Assert.Equal(ErrorClass.None, answer.Class);
        Assert.Equal([BundleFate.Waiting], Fates(relay));
    }

    [Fact]
    public async Task A_bundle_that_breaks_a_rule_is_answered_as_if_it_had_been_taken()
    {
        var dialect = RelayDialects.Find("quasar")!;
        await using var relay = await StartAsync(dialect);
        var named = Named(5, MadeBundles.Transaction(0));
        (PreflightRule Rule, RelayBundle Bundle)[] cases =
        [
            (PreflightRule.None, named),
            (PreflightRule.UuidNotCanonical, named with { ReplacementUuid = "abcd1234" }),
            (PreflightRule.SequenceNotHigher, named with { ReplacementSequence = 4 }),
            (PreflightRule.TargetNotAhead, MadeBundles.Plain() with { Target = new BlockNumber(20_999_999) }),
            (PreflightRule.TimestampsReversed, MadeBundles.Plain() with { MinTimestampSeconds = 1_900_000_001, MaxTimestampSeconds = 1_900_000_000 }),
            (PreflightRule.TimestampPassed, MadeBundles.Plain() with { MaxTimestampSeconds = 1_700_000_000 }),
            (PreflightRule.RevertingHashUnknown, MadeBundles.Plain() with { Reverting = [Hash256.Zero] }),
            (PreflightRule.DroppingHashUnknown, MadeBundles.Plain() with { Dropping = [Hash256.Zero] }),
            (PreflightRule.RepeatedTransaction, MadeBundles.Plain() with { Transactions = [MadeBundles.Transaction(0), MadeBundles.Transaction(0)] }),
            (PreflightRule.EmptyBundle, MadeBundles.Plain() with { Transactions = [] }),
        ];

        foreach (var (_, bundle) in cases)
        {
            Assert.Equal(ErrorClass.None, (await AskAsync(relay, dialect, new RelayCommand.Send(bundle), Searcher)).Class);
        }

        Assert.Equal(cases.Select(row => row.Rule), relay.Pool.All.Select(bundle => bundle.Rule));
        Assert.Equal(cases.Select(row => row.Rule == PreflightRule.None ? BundleFate.Waiting : BundleFate.Dropped), Fates(relay));
    }

    [Fact]
    public async Task A_request_without_a_valid_signature_is_refused()
    {
        var dialect = RelayDialects.Find("buildernet")!;
        await using var relay = await StartAsync(dialect);
        var request = RelayRequestWriter.Write(dialect, new RelayCommand.Send(MadeBundles.Plain()), 1, Searcher);
        var other = RelayRequestWriter.Write(dialect, new RelayCommand.Send(MadeBundles.Plain()), 2, Searcher);
        using var client = new HttpRelayClient(dialect, new RelayAddresses(relay.Address, null), _http, _time, HttpRelayClient.DefaultPatience);

        var swapped = await client.SendAsync(new RelayRequest(request.Method, request.Id, request.Body, request.HeaderName, other.HeaderValue), Stop);
        var unsigned = await client.SendAsync(new RelayRequest(request.Method, request.Id, request.Body, null, null), Stop);

        Assert.Equal((ErrorClass.Refused, ErrorClass.Refused), (swapped.Answer.Class, unsigned.Answer.Class));
        Assert.Empty(relay.Pool.All);
        Assert.All(relay.Requests, received => Assert.NotEmpty(received.Problem));
    }

    [Fact]
    public async Task A_private_transaction_and_a_bundle_of_MEV_Share_are_taken_too()
    {
        var dialect = RelayDialects.Find("flashbots")!;
        await using var relay = await StartAsync(dialect);
        var bundle = MadeBundles.Full() with { ReplacementUuid = null, ReplacementSequence = 0, Dropping = [] };

        var mev = await AskAsync(relay, dialect, new RelayCommand.SendMev(bundle, null), Searcher);
        var alone = await AskAsync(relay, dialect, new RelayCommand.SendPrivate(MadeBundles.Transaction(3), new BlockNumber(21_000_010)), Searcher);

        Assert.Equal((bundle.ComputeBundleHash(), MadeBundles.Transaction(3).Hash), (mev.NamedHash, alone.NamedHash));
        Assert.Equal([3, 1], relay.Pool.All.Select(received => received.Bundle.Transactions.Count));
        Assert.Equal([BundleFate.Waiting, BundleFate.Waiting], Fates(relay));
        Assert.Equal(bundle.Reverting, relay.Pool.All[0].Bundle.Reverting);
        Assert.Equal((90, bundle.Refund!.Recipient), (relay.Pool.All[0].Bundle.Refund!.Percent, relay.Pool.All[0].Bundle.Refund!.Recipient));
    }

    [Fact]
    public async Task Planned_faults_come_in_order_and_then_the_usual_one()
    {
        var dialect = RelayDialects.Find("titan")!;
        await using var relay = await StartAsync(dialect);
        relay.Faults.Plan(RelayFault.TooManyRequests, RelayFault.EmptyObject);
        relay.Faults.Otherwise = RelayFault.GatewayTimeout;

        var classes = new List<ErrorClass>();
        for (int i = 0; i < 4; i++)
        {
            classes.Add((await AskAsync(relay, dialect, new RelayCommand.Send(MadeBundles.Plain()), null)).Class);
        }

        Assert.Equal([ErrorClass.RateLimited, ErrorClass.EmptyObject, ErrorClass.GatewayTimeout, ErrorClass.GatewayTimeout], classes);
        Assert.Equal([1, 2, 3, 4], relay.Requests.Select(request => request.Number));
    }

    [Fact]
    public async Task A_builder_without_a_node_makes_no_blocks()
    {
        await using var relay = await StartAsync(RelayDialects.Find("titan")!);

        await Assert.ThrowsAsync<InvalidOperationException>(() => relay.LandAsync(Stop));
    }

    private static RelayBundle Named(ulong sequence, BundleTransaction transaction) =>
        MadeBundles.Plain() with { Transactions = [transaction], ReplacementUuid = MadeBundles.Uuid, ReplacementSequence = sequence };

    private static IEnumerable<BundleFate> Fates(RelaySimulator relay) => relay.Pool.All.Select(bundle => bundle.Fate);

    private static RelayCredential Credential(RelayDialect dialect) =>
        dialect.Authentication.Scheme == AuthenticationScheme.Token ? RelayCredential.OfToken("token") : Searcher;

    private async Task<RelayAnswer> AskAsync(RelaySimulator relay, RelayDialect dialect, RelayCommand command, RelayCredential? credential)
    {
        using var client = new HttpRelayClient(dialect, new RelayAddresses(relay.Address, null), _http, _time, HttpRelayClient.DefaultPatience);
        return (await client.SendAsync(RelayRequestWriter.Write(dialect, command, ++_id, credential), Stop)).Answer;
    }

    private async Task<RelaySimulator> StartAsync(RelayDialect dialect)
    {
        var relay = await RelaySimulator.StartAsync(new SimulatorPlan { Dialect = dialect, Time = _time }, Stop);
        relay.Head = new BlockNumber(20_999_999);
        return relay;
    }
}
