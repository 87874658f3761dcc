using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.TraceJson;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>Compares a node's fees of the next block with those derived from the last block.</summary>
internal static class FeeAnswers
{
    private const ulong SlotSeconds = 12;

    public static string? BaseFee(RecordedChain chain, RpcExchange exchange)
    {
        var head = chain.Head.Header;
        var rules = chain.Rules.At(head.Number.Value + 1, head.TimestampSeconds + SlotSeconds, chain.Head.TotalDifficulty);
        string actual = Hex.Quantity(NextFees.BaseFee(head, rules));
        return actual == exchange.Result.GetString() ? null : actual;
    }

    public static string? BlobBaseFee(RecordedChain chain, RpcExchange exchange)
    {
        var head = chain.Head.Header;
        var rules = chain.Rules.At(head.Number.Value + 1, head.TimestampSeconds + SlotSeconds, chain.Head.TotalDifficulty);
        string actual = Hex.Quantity(BlobFee.Of(NextFees.ExcessBlobGas(head, rules), rules.Blobs));
        return actual == exchange.Result.GetString() ? null : actual;
    }
}
