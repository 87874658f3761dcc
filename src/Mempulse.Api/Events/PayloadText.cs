using System.Diagnostics;
using System.Text.Json.Nodes;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Events;

/// <summary>What each kind of event says, in JSON: hashes in hex, 256-bit numbers in decimal strings, bytes in hex.</summary>
internal static class PayloadText
{
    public static JsonObject Of(LogEvent logEvent) => logEvent switch
    {
        LogEvent.TxSeen seen => new() { ["via"] = seen.Via.ToString() },
        LogEvent.TxDecoded decoded => Of(decoded.Tx),
        LogEvent.TxIngestDropped dropped => Of(dropped),
        LogEvent.BlockIngestDropped dropped => new() { ["reason"] = dropped.Reason.ToString(), ["number"] = dropped.Number.Value, ["detail"] = dropped.Detail },
        LogEvent.SourceConnected connected => Of(connected),
        LogEvent.SourceLost lost => new() { ["name"] = lost.Name, ["reason"] = lost.Reason.ToString(), ["detail"] = lost.Detail },
        LogEvent.PeerConnected or LogEvent.PeerLost => PeerText.Of(logEvent),
        LogEvent.BlockObserved block => Of(block),
        LogEvent.ReorgDetected reorg => Of(reorg),
        LogEvent.ChainGap gap => new() { ["from"] = gap.From.Value, ["to"] = gap.To.Value, ["detail"] = gap.Detail },
        LogEvent.AccountNonceObserved nonce => new() { ["account"] = nonce.Account.ToString(), ["next"] = nonce.Next.Value },
        LogEvent.SimCompleted or LogEvent.SimBaseMoved => SimPayloadText.Of(logEvent),
        LogEvent.EpochStarted epoch => Of(epoch),
        LogEvent.CheckpointTaken taken => new() { ["at"] = taken.At.Value, ["digest"] = taken.Digest.ToString(), ["ruleVersion"] = taken.RuleVersion },
        _ => OfLifecycle(logEvent),
    };

    private static JsonObject OfLifecycle(LogEvent logEvent) => logEvent switch
    {
        LogEvent.TxStateChanged changed => new() { ["from"] = changed.From.ToString(), ["to"] = changed.To.ToString(), ["replaces"] = Text(changed.Replaces) },
        LogEvent.TxReplaced replaced => new()
        {
            ["from"] = replaced.From.ToString(),
            ["by"] = replaced.By.ToString(),
            ["nonce"] = replaced.Nonce.Value,
            ["byInclusion"] = replaced.ByInclusion,
        },
        LogEvent.TxIncluded included => new()
        {
            ["from"] = included.From.ToString(),
            ["number"] = included.Number.Value,
            ["index"] = included.Index,
            ["succeeded"] = included.Succeeded,
        },
        LogEvent.TxReopened reopened => new() { ["number"] = reopened.Number.Value, ["to"] = reopened.To.ToString() },
        LogEvent.TxConfirmed confirmed => new() { ["number"] = confirmed.Number.Value },
        LogEvent.TxExpired expired => new() { ["from"] = expired.From.ToString(), ["waitedSeconds"] = expired.WaitedSeconds },
        _ => throw new UnreachableException($"An event of kind {logEvent.Kind} has no text."),
    };

    private static JsonObject Of(NormalizedTx tx) => new()
    {
        ["type"] = tx.Type.ToString(),
        ["chainId"] = tx.ChainId.Value,
        ["nonce"] = tx.Nonce.Value,
        ["gasLimit"] = tx.GasLimit.Value,
        ["recipient"] = tx.Recipient?.ToString(),
        ["value"] = tx.Value.ToString(),
        ["maxFeePerGas"] = tx.MaxFeePerGas.ToString(),
        ["maxPriorityFeePerGas"] = tx.MaxPriorityFeePerGas.ToString(),
        ["maxFeePerBlobGas"] = tx.MaxFeePerBlobGas.ToString(),
        ["blobCount"] = tx.BlobCount,
        ["inputLength"] = tx.InputLength,
        ["selector"] = tx.Selector is { } selector ? $"0x{selector:x8}" : null,
        ["authorizations"] = new JsonArray([.. tx.AuthorizationList.ToArray().Select(Of)]),
        ["raw"] = Hex(tx.Raw),
    };

    private static JsonObject Of(Authorization authorization) => new()
    {
        ["chainId"] = authorization.ChainId.Value,
        ["authority"] = authorization.Authority.ToString(),
        ["delegate"] = authorization.Delegate.ToString(),
        ["nonce"] = authorization.Nonce.Value,
    };

    private static JsonObject Of(LogEvent.TxIngestDropped dropped) => new()
    {
        ["reason"] = dropped.Reason.ToString(),
        ["lane"] = dropped.Lane,
        ["queue"] = dropped.Queue,
        ["depth"] = dropped.DepthNow,
        ["peak"] = dropped.DepthPeak,
        ["count"] = dropped.Count,
        ["last"] = dropped.Last.ToString(),
        ["detail"] = dropped.Detail,
        ["raw"] = Hex(dropped.Raw.Span),
    };

    private static JsonObject Of(LogEvent.SourceConnected connected) => new()
    {
        ["name"] = connected.Name,
        ["lane"] = connected.Lane,
        ["endpoint"] = connected.Endpoint,
        ["chain"] = connected.Chain.Value,
        ["client"] = connected.Client,
        ["synthetic"] = connected.IsSynthetic,
    };

    private static JsonObject Of(LogEvent.BlockObserved block) => new()
    {
        ["number"] = block.Number.Value,
        ["parentHash"] = block.ParentHash.ToString(),
        ["timestampSeconds"] = block.TimestampSeconds,
        ["baseFeePerGas"] = block.BaseFeePerGas.ToString(),
        ["gasUsed"] = block.GasUsed.Value,
        ["gasLimit"] = block.GasLimit.Value,
        ["feeRecipient"] = block.FeeRecipient.ToString(),
        ["blobGasUsed"] = block.BlobGasUsed.Value,
        ["excessBlobGas"] = block.ExcessBlobGas.Value,
        ["transactions"] = new JsonArray([.. block.Transactions.Select(tx => (JsonNode)tx.Hash.ToString())]),
    };

    private static JsonObject Of(LogEvent.ReorgDetected reorg) => new()
    {
        ["newHead"] = reorg.NewHead.ToString(),
        ["oldHead"] = reorg.OldHead.ToString(),
        ["commonAncestor"] = reorg.CommonAncestor.ToString(),
        ["commonAncestorNumber"] = reorg.CommonAncestorNumber.Value,
        ["depth"] = reorg.Depth,
    };

    private static JsonObject Of(LogEvent.EpochStarted started) => new()
    {
        ["epoch"] = started.Epoch.Value,
        ["chain"] = started.Chain.Value,
        ["writer"] = started.Writer,
        ["confirmationDepthBlocks"] = started.Parameters.ConfirmationDepthBlocks,
        ["expirySeconds"] = started.Parameters.ExpirySeconds,
        ["feeBumpPercent"] = started.Parameters.FeeBumpPercent,
        ["blobFeeBumpPercent"] = started.Parameters.BlobFeeBumpPercent,
        ["retentionBlocks"] = started.Parameters.RetentionBlocks,
    };

    private static JsonValue? Text(Hash256? hash) => hash is { } value ? JsonValue.Create(value.ToString()) : null;

    private static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
