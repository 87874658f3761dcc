namespace Mempulse.JsonRpc.Refusals;

/// <summary>The messages and codes with which nodes and gateways refuse calls.</summary>
/// <remarks>
/// Rules are tried in order and the first match decides. A code decides only if the message does not: -32005 alone is a rate limit (EIP-1474), a missing
/// batch feature (jsonrpsee) and an oversized result (gateways).
/// </remarks>
internal static class RefusalRules
{
    /// <summary>JSON-RPC 2.0, section 5.1.</summary>
    private const int MethodNotFound = -32601;

    /// <summary>EIP-1474.</summary>
    private const int MethodNotSupported = -32004;

    /// <summary>EIP-1474.</summary>
    private const int LimitExceeded = -32005;

    /// <summary>EIP-1474: a resource is temporarily unavailable. geth: the call timed out.</summary>
    private const int ResourceUnavailable = -32002;

    /// <summary>jsonrpsee, which reth uses.</summary>
    private const int OversizedRequest = -32007, OversizedResponse = -32008, ServerBusy = -32009, OversizedBatch = -32010, OversizedBatchResponse = -32011;

    private static readonly string[] s_unsupported = ["not support", "unsupported", "whitelisted", "allowlisted", "not enabled", "disabled", "not implemented", "unimplemented"];

    /// <summary>Phrases that refuse a method only if the message names one. Blocks, accounts and callers are refused with the same phrases.</summary>
    private static readonly string[] s_refused =
    [
        "not available", "not allowed", "not permitted", "does not exist", "not found", "unknown", "not exposed", "not recognized", "unrecognized", "no such",
        "restricted", "forbidden", "denied", "blocked", "upgrade",
    ];

    private static readonly string[] s_methodNames = ["method", "namespace", "module", "api", "eth_", "debug_", "txpool_", "trace_", "net_", "web3_"];

    private static readonly string[] s_limits = ["limit", "too large", "too big", "too many", "too long", "exceed", "max", "more than", "at most", "up to"];

    private static readonly string[] s_stateGone =
    [
        "missing trie node", // geth
        "proof window", // reth
        "too old", // erigon
        "no state available", // nethermind
        "state is not available",
        "state not available",
        "historical",
        "archive",
        "pruned",
    ];

    private static readonly string[] s_batchRates = ["rate limit", "throttl", "per second", "/second"];

    private static readonly string[] s_rates =
    [
        .. s_batchRates, "too many requests", "request limit", "call limit", "requests per", "request count", "compute unit", "throughput", "capacity",
        "quota", "out of cu", "credits",
    ];

    private static readonly string[] s_sizes = ["too large", "too big", "too long", "oversized", "size limit", "size exceed", "more than", "limited to"];

    private static readonly string[] s_notYet = ["header not found", "block not found", "unknown block"];

    private static readonly string[] s_passing =
    [
        "timeout", "timed out", "deadline", "try again", "busy", "overload", "syncing", "temporar", "unavailable", "connection refused", "bad gateway",
    ];

    public static RefusalKind KindOf(int code, string message) =>
        KindOf(message) is var said and not RefusalKind.Other ? said : KindOf(code);

    private static RefusalKind KindOf(string message) =>
        Has(message, "batch") ? KindOfBatch(message)
        : Has(message, s_stateGone) ? RefusalKind.StateUnavailable
        : Has(message, s_rates) ? RefusalKind.RateLimited
        : Has(message, s_sizes) ? RefusalKind.TooLarge
        : Has(message, s_notYet) ? RefusalKind.Transient
        : IsMethodRefused(message) ? RefusalKind.MethodNotSupported
        : Has(message, s_passing) ? RefusalKind.Transient
        : RefusalKind.Other;

    private static RefusalKind KindOfBatch(string message) =>
        Has(message, s_batchRates) ? RefusalKind.RateLimited
        : Has(message, s_limits) ? RefusalKind.BatchTooLarge
        : Has(message, s_unsupported) || Has(message, s_refused) ? RefusalKind.NotSupportedInBatch
        : RefusalKind.Other;

    /// <summary>An unsupported transaction type is a fault of the transaction, not of the method.</summary>
    private static bool IsMethodRefused(string message) =>
        !Has(message, "transaction type") && (Has(message, s_unsupported) || (Has(message, s_methodNames) && Has(message, s_refused)));

    private static RefusalKind KindOf(int code) => code switch
    {
        MethodNotFound or MethodNotSupported => RefusalKind.MethodNotSupported,
        LimitExceeded => RefusalKind.RateLimited,
        OversizedRequest or OversizedResponse => RefusalKind.TooLarge,
        OversizedBatch or OversizedBatchResponse => RefusalKind.BatchTooLarge,
        ResourceUnavailable or ServerBusy => RefusalKind.Transient,
        _ => RefusalKind.Other,
    };

    private static bool Has(string message, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (message.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
