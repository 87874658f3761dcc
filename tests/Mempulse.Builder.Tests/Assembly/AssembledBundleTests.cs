using CsCheck;
using Mempulse.Builder.Assembly;
using Mempulse.Builder.Operators;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Tests.Assembly;

/// <summary>The bytes of bundles, their ids, and what their simulation says of them.</summary>
public sealed class AssembledBundleTests
{
    private static readonly OperatorKey s_key = OperatorKey.FromHex("fad9c8855b740a0b7ed4c221dbad0f33a83a49cad6b3fe8d5817ac83d38b6a19", "the test");

    private static string Golden => Path.Combine(AppContext.BaseDirectory, "vectors", "bundles", "bundle-1.txt");

    [Fact]
    public void The_bytes_and_the_id_of_a_bundle_do_not_change()
    {
        var bundle = Two();

        string[] lines = [Convert.ToHexStringLower(bundle.Bytes.Span), bundle.Content.ToString(), bundle.Id.ToString(), Convert.ToHexStringLower(Two(key: null).Bytes.Span)];

        Assert.Equal(File.ReadAllLines(Golden), lines);
    }

    [Fact]
    public void The_id_names_bytes_target_and_version_and_nothing_else()
    {
        byte[] bytes = Two().Bytes.ToArray();
        byte[] named = [.. bytes, .. BitConverter.GetBytes(21_000_000UL), .. BitConverter.GetBytes(2)];

        Assert.Equal(Keccak256.Hash(named), Two().Id);
        Assert.NotEqual(Two().Id, BundleBytes.IdOf(bytes, new BlockNumber(21_000_001), 2));
        Assert.NotEqual(Two().Id, BundleBytes.IdOf(bytes, new BlockNumber(21_000_000), 3));
    }

    [Fact]
    public void Own_transactions_are_signed_by_the_operator_and_follow_their_triggers()
    {
        var bundle = Two();

        Assert.Equal([false, true, false, true], bundle.Parts.Select(static part => part.Tx.IsOwn));
        Assert.True(bundle.IsSigned);
        foreach (var part in bundle.Parts.Where(static part => part.Tx.IsOwn))
        {
            var decoder = new TransactionDecoder(new Ethereum.Signatures.BouncyCastleRecovery(), TransactionRules.AnyChain);
            Assert.True(decoder.TryDecode(part.Raw.Span, TxForm.Any, out var view, out _) && decoder.TryRecover(ref view, out var sender, out _) && sender == s_key.Account);
            Assert.Equal(part.Tx.Hash, Keccak256.Hash(part.Raw.Span));
        }
    }

    [Fact]
    public void Without_a_key_own_transactions_are_the_same_but_for_their_signature()
    {
        var (signed, bare) = (Two(), Two(key: null));

        Assert.False(bare.IsSigned);
        Assert.NotEqual(signed.Id, bare.Id);
        Assert.Equal(TransactionEncoder.Encode(bare.Draft.Legs[0].Own), bare.Parts[1].Raw.ToArray());
        Assert.Equal(default, bare.Draft.Legs[0].Own.Signature);
        Assert.Equal(TransactionEncoder.Encode(s_key.Sign(bare.Draft.Legs[0].Own)), signed.Parts[1].Raw.ToArray());
    }

    [Fact]
    public void What_is_encoded_is_read_and_any_cut_or_addition_is_refused() =>
        Gen.Byte.Array[0, 50].Array[0, 5].Sample(static raws =>
        {
            byte[] bytes = BundleBytes.Encode([.. raws.Select(static raw => new BundlePart(new BundleTx(default, default, default, default, IsOwn: raw.Length % 2 == 0, MayRevert: false), raw))], isSigned: raws.Length % 2 == 0);

            Assert.Equal(raws.Select(Convert.ToHexString), BundleBytes.Read(bytes).Select(static raw => Convert.ToHexString(raw.Span)));
            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.Throws<InvalidDataException>(() => BundleBytes.Read(bytes.AsMemory(0, length)));
            }

            Assert.Throws<InvalidDataException>(() => BundleBytes.Read((byte[])[.. bytes, 0]));
        });

    [Fact]
    public void A_bundle_pays_if_the_least_profit_is_left_after_the_gas_that_was_used()
    {
        var bundle = Two();
        var cost = UInt256.FromUInt64(1_000_000_002UL) * 300_000UL;

        var enough = BundleJudgement.Of(bundle, Simulated(bundle, cost + 990, 10));
        var less = BundleJudgement.Of(bundle, Simulated(bundle, cost + 990, 9));

        Assert.Equal((cost + 1_000, cost, true), (enough.Profit, enough.GasCost, enough.Pays));
        Assert.False(less.Pays);
    }

    [Fact]
    public void An_opportunity_that_gains_less_than_alone_is_disturbed()
    {
        var bundle = Two();
        var (first, second) = (bundle.Draft.Legs[0].ExpectedProfit, bundle.Draft.Legs[1].ExpectedProfit);

        Assert.True(BundleJudgement.Of(bundle, Simulated(bundle, first, second)).IsUndisturbed);
        Assert.False(BundleJudgement.Of(bundle, Simulated(bundle, first - 1, second)).IsUndisturbed);
        Assert.False(BundleJudgement.Of(bundle, Simulated(bundle, first, second - 1)).IsUndisturbed);
        Assert.False(BundleJudgement.Of(bundle, Simulated(bundle, first, UInt256.MaxValue)).IsUndisturbed); // no executor answers this
    }

    [Fact]
    public void The_text_of_a_bundle_shows_its_id_alone()
    {
        var bundle = Two();

        Assert.Equal(bundle.Id.ToString(), bundle.ToString());
        Assert.Equal(bundle.Parts[0].Tx.Hash.ToString(), bundle.Parts[0].ToString());
        Assert.Equal("share/1 9000 bps", bundle.Draft.Terms.Payment.Name);
    }

    private static AssembledBundle Two() => Two(s_key);

    private static AssembledBundle Two(OperatorKey? key) =>
        AssembledBundle.Of(BundleAssembly.Choose([MadeCandidates.Of("first", 20), MadeCandidates.Of("second", 10)], MadeCandidates.Terms)!, key);

    private static SimulatedPart[] Simulated(AssembledBundle bundle, params UInt256[] gains)
    {
        int own = 0;
        return [.. bundle.Parts.Select(part => part.Tx.IsOwn ? new SimulatedPart(new Gas(150_000), Word(gains[own++])) : new SimulatedPart(new Gas(21_000), default))];
    }

    private static byte[] Word(UInt256 value)
    {
        byte[] word = new byte[UInt256.Size];
        value.WriteBigEndian(word);
        return word;
    }
}
