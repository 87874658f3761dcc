using CsCheck;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Refusals;
using Mempulse.Builder.Requests;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Tests.Refusals;

/// <summary>Each rule refuses what breaks it and nothing else, at its exact boundary.</summary>
public sealed class PreflightTests
{
    private static readonly RelayDialect BuilderNet = RelayDialects.Find("buildernet")!;
    private static readonly RelayDialect Titan = RelayDialects.Find("titan")!;
    private static readonly RelayCredential Signer = RelayCredential.OfSigner(MadeBundles.Signer);
    private static readonly Hash256 Foreign = Hash256.Parse("0x" + new string('f', 64));

    private static readonly PreflightFacts Facts = new()
    {
        Head = new BlockNumber(20_999_999),
        NowSeconds = 1_800_000_000,
        BaseFee = new Wei(10_000_000_000),
    };

    public static TheoryData<string> Names => [.. RelayDialects.All.Select(dialect => dialect.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bundle_with_every_term_that_a_builder_has_may_leave(string name)
    {
        var dialect = RelayDialects.Find(name)!;
        var credential = dialect.Authentication.Scheme == AuthenticationScheme.Token ? RelayCredential.OfToken("secret") : Signer;
        var bundle = MadeBundles.FullFor(dialect) with { ReplacementSequence = 7 };

        Assert.Null(Preflight.Check(dialect, new RelayCommand.Send(bundle), Facts, credential));
    }

    [Fact]
    public void A_bundle_without_transactions_is_refused() =>
        Refused(PreflightRule.EmptyBundle, MadeBundles.Plain() with { Transactions = [] });

    [Theory]
    [InlineData(100, PreflightRule.None)]
    [InlineData(101, PreflightRule.TooManyTransactions)]
    public void The_number_of_transactions_is_bounded(int count, PreflightRule rule) =>
        Refused(rule, MadeBundles.Plain() with { Transactions = [.. Enumerable.Range(0, count).Select(nonce => MadeBundles.Transaction((ulong)nonce))] });

    [Fact]
    public void The_number_of_bytes_is_bounded()
    {
        int overhead = MadeBundles.Transaction(0, inputBytes: 70_000).Raw.Length - 70_000;
        var fits = MadeBundles.Plain() with { Transactions = [MadeBundles.Transaction(0, HouseLimits.BundleBytes - overhead)] };
        var tooLong = MadeBundles.Plain() with { Transactions = [MadeBundles.Transaction(0, HouseLimits.BundleBytes - overhead + 1)] };

        Assert.Equal(HouseLimits.BundleBytes, fits.Transactions[0].Raw.Length);
        Refused(PreflightRule.None, fits);
        Refused(PreflightRule.TooManyBytes, tooLong);
    }

    [Fact]
    public void The_body_of_the_request_is_bounded_too()
    {
        var strict = BuilderNet with { Limits = [new DialectLimit(LimitKind.RequestBytes, 2_000, "api")] };

        Refused(PreflightRule.None, MadeBundles.Plain(), strict);
        Refused(PreflightRule.TooManyBytes, MadeBundles.Plain() with { Transactions = [MadeBundles.Transaction(0, inputBytes: 500)] }, strict);
    }

    [Fact]
    public void A_transaction_twice_is_refused() =>
        Refused(PreflightRule.RepeatedTransaction, MadeBundles.Plain() with { Transactions = [MadeBundles.Transaction(1), MadeBundles.Transaction(0), MadeBundles.Transaction(1)] });

    [Theory]
    [InlineData("4F1E7B2A-93C4-4D2B-8A5F-0C9B6A3D7E11")]
    [InlineData("abcd1234")]
    [InlineData("")]
    public void A_UUID_that_is_not_canonical_is_refused(string uuid)
    {
        Refused(PreflightRule.UuidNotCanonical, MadeBundles.Plain() with { ReplacementUuid = uuid, ReplacementSequence = 1 });
        Refused(PreflightRule.UuidNotCanonical, MadeBundles.Plain() with { Uuid = uuid, ReplacementSequence = 1 });
        Assert.Equal(PreflightRule.UuidNotCanonical, Preflight.Check(Titan, new RelayCommand.Cancel(uuid, 2), Facts, Signer)!.Rule);
    }

    [Fact]
    public void Two_UUIDs_are_refused_even_if_they_are_equal() =>
        Refused(PreflightRule.TwoUuids, MadeBundles.Plain() with { ReplacementUuid = MadeBundles.Uuid, Uuid = MadeBundles.Uuid, ReplacementSequence = 1 });

    [Theory]
    [InlineData(false, 1UL, PreflightRule.UuidTaken)]
    [InlineData(false, 5UL, PreflightRule.SequenceNotHigher)]
    [InlineData(false, 6UL, PreflightRule.None)]
    [InlineData(true, 5UL, PreflightRule.None)]
    [InlineData(true, 4UL, PreflightRule.SequenceNotHigher)]
    [InlineData(true, 6UL, PreflightRule.None)]
    public void A_UUID_belongs_to_one_line_of_bundles_whose_sequence_rises(bool isSameBundle, ulong sequence, PreflightRule rule)
    {
        var bundle = MadeBundles.Plain() with { ReplacementUuid = MadeBundles.Uuid, ReplacementSequence = sequence };
        var used = new Dictionary<string, UuidUse> { [MadeBundles.Uuid] = new(isSameBundle ? bundle.Id : Foreign, 5) };

        Assert.Equal(rule, Preflight.Check(Titan, new RelayCommand.Send(bundle), Facts with { Uuids = used }, Signer)?.Rule ?? PreflightRule.None);
    }

    [Fact]
    public void The_first_sequence_is_one() =>
        Refused(PreflightRule.SequenceNotHigher, MadeBundles.Plain() with { ReplacementUuid = MadeBundles.Uuid, ReplacementSequence = 0 });

    [Theory]
    [InlineData(20_999_998UL, PreflightRule.TargetNotAhead)]
    [InlineData(20_999_999UL, PreflightRule.TargetNotAhead)]
    [InlineData(21_000_000UL, PreflightRule.None)]
    public void The_target_is_ahead_of_the_head(ulong target, PreflightRule rule) =>
        Refused(rule, MadeBundles.Plain() with { Target = new BlockNumber(target) });

    [Theory]
    [InlineData(null, 1_799_999_999UL, PreflightRule.TimestampPassed)]
    [InlineData(null, 1_800_000_000UL, PreflightRule.None)]
    [InlineData(1_800_000_012UL, 1_800_000_012UL, PreflightRule.None)]
    [InlineData(1_800_000_013UL, 1_800_000_012UL, PreflightRule.TimestampsReversed)]
    [InlineData(1UL, null, PreflightRule.None)]
    public void The_times_are_in_order_and_not_past(ulong? earliest, ulong? latest, PreflightRule rule) =>
        Refused(rule, MadeBundles.Plain() with { MinTimestampSeconds = earliest, MaxTimestampSeconds = latest });

    [Fact]
    public void Every_hash_that_a_term_names_is_in_the_bundle()
    {
        Refused(PreflightRule.RevertingHashUnknown, MadeBundles.Full() with { Reverting = [MadeBundles.Transaction(0).Hash, Foreign] });
        Refused(PreflightRule.DroppingHashUnknown, MadeBundles.Full() with { Dropping = [Foreign] });
        Refused(PreflightRule.RefundHashUnknown, WithRefund(refund => refund with { Hashes = [Foreign] }));
    }

    [Fact]
    public void At_most_one_transaction_counts_for_a_refund() =>
        Refused(PreflightRule.SeveralRefundHashes, WithRefund(refund => refund with { Hashes = [MadeBundles.Transaction(0).Hash, MadeBundles.Transaction(1).Hash] }));

    [Theory]
    [InlineData(-1, PreflightRule.RefundPercentOutOfRange)]
    [InlineData(0, PreflightRule.RefundPercentOutOfRange)]
    [InlineData(1, PreflightRule.None)]
    [InlineData(99, PreflightRule.None)]
    [InlineData(100, PreflightRule.RefundPercentOutOfRange)]
    public void A_refund_is_neither_nothing_nor_all(int percent, PreflightRule rule) =>
        Refused(rule, WithRefund(refund => refund with { Percent = percent, Payment = new Wei(UInt256.MaxValue) }));

    // 21,000 gas at 10 gwei are 210,000 gwei; 90 percent of 233,334 gwei are 210,000.6.
    [Theory]
    [InlineData(233_333_333_333_333UL, PreflightRule.RefundTooSmall)]
    [InlineData(233_333_333_333_334UL, PreflightRule.None)]
    public void A_refund_covers_the_transfer_that_pays_it(ulong payment, PreflightRule rule) =>
        Refused(rule, WithRefund(refund => refund with { Payment = new Wei(payment) }));

    [Fact]
    public void A_refund_need_not_cover_anything_where_the_builder_has_no_such_rule()
    {
        var lenient = BuilderNet with { RefundMustCoverTransfer = new SourcedFlag(false, null) };

        Refused(PreflightRule.None, WithRefund(refund => refund with { Payment = default }), lenient);
    }

    [Fact]
    public void A_term_that_the_builder_would_ignore_is_refused()
    {
        var refusal = Preflight.Check(Titan, new RelayCommand.Send(MadeBundles.Plain() with { MaxTimestampSeconds = 1_900_000_000 }), Facts, Signer);

        Assert.Equal((PreflightRule.FieldNotKnown, "Titan is not known to have a field of eth_sendBundle for MaxTimestamp."), (refusal!.Rule, refusal.Sentence));
    }

    [Fact]
    public void A_method_that_the_builder_is_not_known_to_have_is_refused()
    {
        var call = new RelayCommand.Simulate(MadeBundles.Plain(), new BlockNumber(1), null);

        Assert.Equal(PreflightRule.MethodNotKnown, Preflight.Check(Titan, call, Facts, Signer)!.Rule);
        Assert.Null(Preflight.Check(RelayDialects.Find("flashbots")!, call, Facts, Signer));
    }

    [Fact]
    public void A_builder_that_needs_a_credential_gets_no_request_without_one()
    {
        var send = new RelayCommand.Send(MadeBundles.Plain());

        Assert.Equal(PreflightRule.CredentialMissing, Preflight.Check(BuilderNet, send, Facts, null)!.Rule);
        Assert.Equal(PreflightRule.CredentialMissing, Preflight.Check(BuilderNet, send, Facts, RelayCredential.OfToken("secret"))!.Rule);
        Assert.Null(Preflight.Check(Titan, send, Facts, null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_may_leave_can_be_written_and_the_verdict_is_always_the_same(string name)
    {
        var dialect = RelayDialects.Find(name)!;
        var credential = dialect.Authentication.Scheme == AuthenticationScheme.Token ? RelayCredential.OfToken("secret") : Signer;
        Gen.Select(MadeBundles.For(dialect), Gen.ULong[0, 1UL << 40], Gen.ULong[0, 1UL << 50]).Sample((bundle, head, now) =>
        {
            var facts = Facts with { Head = new BlockNumber(head), NowSeconds = now };
            var send = new RelayCommand.Send(bundle);
            var refusal = Preflight.Check(dialect, send, facts, credential);

            Assert.Equal(refusal, Preflight.Check(dialect, send, facts, credential));
            if (refusal is null)
            {
                Assert.NotEmpty(RelayRequestWriter.Write(dialect, send, 1, credential).Body.ToArray());
                Assert.True(bundle.Target > facts.Head);
            }
        }, iter: 200);
    }

    private static RelayBundle WithRefund(Func<BundleRefund, BundleRefund> change) => MadeBundles.Full() with { Refund = change(MadeBundles.Full().Refund!) };

    private static void Refused(PreflightRule rule, RelayBundle bundle, RelayDialect? dialect = null)
    {
        var refusal = Preflight.Check(dialect ?? BuilderNet, new RelayCommand.Send(bundle), Facts, Signer);

        Assert.Equal(rule, refusal?.Rule ?? PreflightRule.None);
        Assert.True(refusal is null || refusal.Sentence.EndsWith('.'), refusal?.Sentence);
    }
}
