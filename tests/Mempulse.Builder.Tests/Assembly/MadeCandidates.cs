using Mempulse.Builder.Assembly;
using Mempulse.Builder.Execution;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Builder.Tests.Assembly;

/// <summary>Opportunities and terms.</summary>
internal static class MadeCandidates
{
    public static readonly UInt256 Ether = 1_000_000_000_000_000_000UL;

    public static BundleTerms Terms { get; } = new()
    {
        Chain = new ChainId(1),
        Executor = Named.Account("executor"),
        Operator = MadeBundles.Signer.Account,
        Nonce = new Nonce(7),
        Target = new BlockNumber(21_000_000),
        BaseFee = new Wei(1_000_000_000),
        Tip = new Wei(2),
        Payment = new PaymentPolicy(9_000, new Wei(1_000)),
        Bounds = new BundleBounds(100, 300_000, new Gas(30_000_000), 8),
    };

    /// <summary>An opportunity after a transfer of its own sender, over pools of its own.</summary>
    /// <param name="name">Its name, from which its parts follow.</param>
    /// <param name="milliEther">What it gains.</param>
    /// <param name="pool">The pool that it shares with others; its own by default.</param>
    public static BundleCandidate Of(string name, ulong milliEther, string? pool = null)
    {
        var sender = new EcdsaSigner(Named.Tx(name).ToArray());
        var trigger = MadeBundles.Transaction(3, signer: sender);
        return new BundleCandidate
        {
            Opportunity = Named.Tx("opp " + name),
            Strategy = "backrun-arbitrage",
            StrategyVersion = 2,
            Transactions = [Tx(trigger.Raw, trigger.Hash, sender.Account, mayRevert: false)],
            Swaps =
            [
                new ExecutorSwap(Named.Account(pool ?? "first pool of " + name), Named.Account("ether"), Named.Account("token"), IsPair: true, 10, 20),
                new ExecutorSwap(Named.Account("second pool of " + name), Named.Account("token"), Named.Account("ether"), IsPair: false, 20, 30),
            ],
            Gain = Ether * milliEther is var total ? Divide(total) : default,
        };
    }

    public static CandidateTx Tx(ReadOnlyMemory<byte> raw, Hash256 hash, Address sender, bool mayRevert) => new()
    {
        Raw = raw, Hash = hash, Sender = sender, Nonce = new Nonce(3), MaxFeePerGas = new Wei(30_000_000_000), GasLimit = new Gas(1_000_000), MayRevert = mayRevert,
    };

    private static UInt256 Divide(UInt256 total)
    {
        UInt256.Divide(total, 1_000, out var quotient);
        return quotient;
    }
}
