using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Tests;

/// <summary>How real nodes and gateways word their refusals, and how each is classified.</summary>
public sealed class RpcRefusalTests
{
    [Theory]
    [InlineData(-32601, "the method eth_getRawTransactionByHash does not exist/is not available")] // geth, erigon
    [InlineData(-32601, "Method not found")] // reth
    [InlineData(-32601, "The method 'eth_foo' is not supported.")] // nethermind
    [InlineData(-32600, "debug_traceCall found but the containing module is disabled for the url")] // nethermind
    [InlineData(-32604, "Method not enabled")] // besu
    [InlineData(-32001, "rpc method is not whitelisted")] // optimism's proxyd
    [InlineData(-32600, "Unsupported method: eth_getProof. See available methods in the documentation")]
    [InlineData(-32004, "method eth_getProof does not support")]
    [InlineData(-32000, "eth_createAccessList is not available on the free plan")]
    [InlineData(-32601, "")]
    [InlineData(-32004, "")]
    public void Unsupported_methods_are_recognised(int code, string message) => Is(RefusalKind.MethodNotSupported, code, message);

    [Theory]
    [InlineData(-32005, "Batch requests are not supported by this server")] // jsonrpsee
    [InlineData(-32600, "eth_getProof is unsupported in batch")]
    [InlineData(-32000, "batch requests disabled")]
    [InlineData(-32601, "method not allowed in a batch")]
    public void Missing_batch_support_is_recognised(int code, string message) => Is(RefusalKind.NotSupportedInBatch, code, message);

    [Theory]
    [InlineData(-32600, "batch too large")] // geth
    [InlineData(-32000, "batch limit 100 exceeded (can increase by --rpc.batch.limit). Requested batch of size: 128")] // erigon
    [InlineData(-32005, "batch size exceed limit 500")]
    [InlineData(-32600, "Too many [\"eth_getLogs\"] methods in the batch")]
    [InlineData(-32600, "Batch of more than 3 requests are not allowed on free tier")]
    [InlineData(-32010, "The batch request was too large")] // jsonrpsee
    [InlineData(-32010, "")]
    public void Batch_size_limits_are_recognised(int code, string message) => Is(RefusalKind.BatchTooLarge, code, message);

    [Theory]
    [InlineData(-32005, "Rate limit exceeded")]
    [InlineData(-32005, "daily request count exceeded, request rate limited")]
    [InlineData(429, "Your app has exceeded its compute units per second capacity")]
    [InlineData(-32007, "50/second request limit reached - reduce calls per second or upgrade your account")]
    [InlineData(-32005, "ran out of cu")]
    [InlineData(-32000, "batch rejected: rate limit")]
    [InlineData(-32005, "")]
    public void Rate_limits_are_recognised(int code, string message) => Is(RefusalKind.RateLimited, code, message);

    [Theory]
    [InlineData(-32003, "response too large")] // geth
    [InlineData(-32005, "query returned more than 10000 results")]
    [InlineData(-32602, "eth_getLogs and eth_newFilter are limited to a 10,000 blocks range")]
    [InlineData(-32008, "Response is too big")] // jsonrpsee
    [InlineData(-32007, "")]
    public void Response_size_limits_are_recognised(int code, string message) => Is(RefusalKind.TooLarge, code, message);

    [Theory]
    [InlineData(-32000, "missing trie node 0ab1 (path ) state 0x0ab1 is not available")] // geth
    [InlineData(-32000, "historical state 0ab1 is not available")] // geth
    [InlineData(-32000, "distance to target block exceeds maximum proof window")] // reth
    [InlineData(-32000, "requested block is too old, block must be within 100000 blocks of the head block number")] // erigon
    [InlineData(-32002, "No state available for block 0x0ab1")] // nethermind
    [InlineData(4444, "pruned history unavailable")] // geth
    [InlineData(-32000, "Archive requests are not available on the free plan")]
    public void Pruned_state_is_recognised(int code, string message) => Is(RefusalKind.StateUnavailable, code, message);

    [Theory]
    [InlineData(-32002, "request timed out")] // geth
    [InlineData(-32000, "header not found")] // geth
    [InlineData(-32000, "eth_getProof: block not found")]
    [InlineData(-32001, "unknown block")]
    [InlineData(-32009, "Server is busy, try again later")] // jsonrpsee
    [InlineData(-32000, "rabbit hole is full. Please try again later")]
    [InlineData(-32603, "service temporarily unavailable")]
    [InlineData(-32009, "")]
    public void Transient_failures_are_recognised(int code, string message) => Is(RefusalKind.Transient, code, message);

    [Theory]
    [InlineData(-32000, "insufficient funds for gas * price + value")]
    [InlineData(-32000, "transaction type not supported")] // geth: the transaction is at fault, not the method
    [InlineData(-32602, "invalid argument 0: hex string without 0x prefix")]
    [InlineData(-32002, "IP address 192.0.2.7 is not on whitelist", RefusalKind.Transient)] // only the code classifies it
    [InlineData(3, "execution reverted")]
    [InlineData(-32000, "account does not exist")]
    [InlineData(0, "")]
    public void Other_refusals_are_not_classified(int code, string message, RefusalKind kind = RefusalKind.Other) => Is(kind, code, message);

    [Theory]
    [InlineData(429, RefusalKind.RateLimited)]
    [InlineData(413, RefusalKind.TooLarge)]
    [InlineData(408, RefusalKind.Transient)]
    [InlineData(502, RefusalKind.Transient)]
    [InlineData(501, RefusalKind.MethodNotSupported)]
    [InlineData(403, RefusalKind.Other)]
    public void HTTP_statuses_are_classified(int status, RefusalKind kind)
    {
        var refusal = RpcRefusal.OfStatus(status);

        Assert.Equal((kind, status, ""), (refusal.Kind, refusal.Code, refusal.Message));
    }

    [Fact]
    public void The_default_is_not_a_refusal() => Assert.Equal((false, 0, ""), (RpcRefusal.None.IsRefused, RpcRefusal.None.Code, RpcRefusal.None.Message));

    private static void Is(RefusalKind kind, int code, string message)
    {
        var refusal = RpcRefusal.OfError(code, message);

        Assert.True(refusal.IsRefused);
        Assert.Equal((kind, code, message), (refusal.Kind, refusal.Code, refusal.Message));
    }
}
