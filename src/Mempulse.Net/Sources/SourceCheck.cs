using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;
using Mempulse.JsonRpc.Transports;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Sources;

/// <summary>Checks a node before it is used as a source: its chain is required, its version is not.</summary>
internal sealed class SourceCheck(RpcClient client)
{
    /// <summary>Requires that the node serves a chain.</summary>
    /// <remarks>A node that does not offer eth_chainId is asked for net_version, which equals the chain id on the public chains.</remarks>
    /// <exception cref="SourceLostException">It serves another chain, or does not say which.</exception>
    public async Task RequireChainAsync(ChainId chain, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("eth_chainId"), cancellationToken).ConfigureAwait(false);
        ulong served;
        if (answers[0].Refusal.Kind is RefusalKind.MethodNotSupported)
        {
            served = await ReadNetworkAsync(answers[0].Refusal, cancellationToken).ConfigureAwait(false);
        }
        else if (answers[0].IsRefused)
        {
            throw SourceLostException.Of("eth_chainId", answers[0].Refusal);
        }
        else if (!TryReadNumber(answers[0].Result, out served))
        {
            throw new SourceLostException(SourceLossReason.ProtocolViolation, "The node does not return its chain id.");
        }

        if (served != chain.Value)
        {
            throw new SourceLostException(SourceLossReason.WrongChain, $"The node serves chain {served}, not {chain}.");
        }
    }

    /// <summary>Returns the node's own name and version; empty if it does not answer.</summary>
    public async Task<string> ReadVersionAsync(CancellationToken cancellationToken)
    {
        const int maxShownChars = 128;
        try
        {
            using var answers = await client.CallAsync(new RpcCall("web3_clientVersion"), cancellationToken).ConfigureAwait(false);
            string version = answers[0].Result is { ValueKind: JsonValueKind.String } text ? text.GetString()! : string.Empty;
            return version.Length <= maxShownChars ? version : version[..maxShownChars];
        }
        catch (RpcTransportException)
        {
            return string.Empty; // a node that cannot be reached fails at the next call
        }
    }

    private async Task<ulong> ReadNetworkAsync(RpcRefusal refusal, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(new RpcCall("net_version"), cancellationToken).ConfigureAwait(false);
        return TryReadNumber(answers[0].Result, out ulong network) ? network : throw SourceLostException.Of("eth_chainId", refusal);
    }

    /// <summary>Reads a number as a quantity or as decimal text.</summary>
    private static bool TryReadNumber(JsonElement element, out ulong value)
    {
        value = 0;
        return RpcHex.TryReadUInt64(element, out value)
            || (element.ValueKind == JsonValueKind.String && ulong.TryParse(element.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out value));
    }
}
