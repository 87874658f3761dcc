using System.Runtime.CompilerServices;
using Mempulse.Client.Decoding;
using Mempulse.Client.Listing;
using Mempulse.Client.Ranking;
using Mempulse.Client.Reasons;
using Mempulse.Client.Senders;
using Mempulse.Client.Serialization;
using Mempulse.Client.Transactions;

namespace Mempulse.Client;

// Transactions: single, waiting, ranked and decoded.
public sealed partial class MempulseClient
{
    /// <summary>GET /tx/{hash}: one transaction.</summary>
    public Task<TxResponse> FindTransactionAsync(string hash, CancellationToken cancellationToken) =>
        GetAsync(Of($"tx/{Uri.EscapeDataString(hash)}"), ClientJson.Default.TxResponse, cancellationToken);

    /// <summary>GET /tx/{hash}/why: why it is not in a block yet, or what became of it.</summary>
    public Task<WhyResponse> ExplainTransactionAsync(string hash, CancellationToken cancellationToken) =>
        GetAsync(Of($"tx/{Uri.EscapeDataString(hash)}/why"), ClientJson.Default.WhyResponse, cancellationToken);

    /// <summary>POST /tx/{hash}/ask: what the chain's nodes say about it now.</summary>
    public Task<NodesResponse> AskNodesAsync(string hash, CancellationToken cancellationToken) =>
        AskAsync(new HttpRequestMessage(HttpMethod.Post, Of($"tx/{Uri.EscapeDataString(hash)}/ask").ToUri()), ClientJson.Default.NodesResponse, cancellationToken);

    /// <summary>GET /sender/{address}: an account and its nonces.</summary>
    public Task<SenderResponse> FindSenderAsync(string address, CancellationToken cancellationToken) =>
        GetAsync(Of($"sender/{Uri.EscapeDataString(address)}"), ClientJson.Default.SenderResponse, cancellationToken);

    /// <summary>GET /mempool: a page of the waiting transactions.</summary>
    /// <param name="filter">Which ones, and in which order.</param>
    /// <param name="cursor">The value of next of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<MempoolResponse> ListMempoolAsync(MempoolFilter filter, string? cursor, CancellationToken cancellationToken) =>
        GetAsync(filter.AddTo(Of("mempool")).With("cursor", cursor), ClientJson.Default.MempoolResponse, cancellationToken);

    /// <summary>GET /mempool, page after page.</summary>
    public async IAsyncEnumerable<MempoolTxPart> ReadMempoolAsync(MempoolFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await ListMempoolAsync(filter, cursor, cancellationToken).ConfigureAwait(false);
            foreach (var transaction in page.Transactions)
            {
                yield return transaction;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>GET /rank: the waiting transactions that a profile ranks highest.</summary>
    /// <param name="profile">The profile; null for the node's.</param>
    /// <param name="limit">How many, from 1 to 100; null for the node's default.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<RankResponse> RankAsync(string? profile, int? limit, CancellationToken cancellationToken) =>
        GetAsync(Of("rank").With("profile", profile).With("limit", limit), ClientJson.Default.RankResponse, cancellationToken);

    /// <summary>POST /decode: what a call does.</summary>
    public Task<DecodeResponse> DecodeAsync(DecodeRequest call, CancellationToken cancellationToken) =>
        PostAsync(Of("decode"), call, ClientJson.Default.DecodeRequest, ClientJson.Default.DecodeResponse, cancellationToken);

    /// <summary>GET /decode: what a transaction in the log does.</summary>
    public Task<DecodeResponse> DecodeTransactionAsync(string hash, CancellationToken cancellationToken) =>
        GetAsync(Of("decode").With("tx", hash), ClientJson.Default.DecodeResponse, cancellationToken);

    /// <summary>GET /decoders: how far decoding can be relied on.</summary>
    public Task<DecodersResponse> ListDecodersAsync(CancellationToken cancellationToken) => GetAsync(Of("decoders"), ClientJson.Default.DecodersResponse, cancellationToken);
}
