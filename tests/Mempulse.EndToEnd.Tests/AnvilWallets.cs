using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests;

/// <summary>The accounts that anvil holds keys for, and the transfers that a test sends from them.</summary>
internal sealed class AnvilWallets
{
    private const int TransactionsPerMessage = 500;
    private const long OneGwei = 1_000_000_000;

    private readonly AnvilNode _node;
    private readonly string[] _accounts;
    private readonly long[] _next;

    private AnvilWallets(AnvilNode node, string[] accounts)
    {
        _node = node;
        _accounts = accounts;
        _next = new long[accounts.Length];
    }

    /// <summary>Number of accounts.</summary>
    public int Count => _accounts.Length;

    /// <summary>Asks the node for its accounts.</summary>
    public static async Task<AnvilWallets> OpenAsync(AnvilNode node, CancellationToken cancellationToken)
    {
        var accounts = await node.CallAsync("eth_accounts", cancellationToken);
        return new AnvilWallets(node, [.. accounts.EnumerateArray().Select(account => account.GetString()!)]);
    }

    /// <summary>An account's address.</summary>
    public string AddressOf(int account) => _accounts[account];

    /// <summary>Sends transfers from all accounts in turn, as fast as the node accepts them, and returns their hashes.</summary>
    public async Task<IReadOnlyList<string>> BurstAsync(int count, CancellationToken cancellationToken)
    {
        var hashes = new List<string>(count);
        while (hashes.Count < count)
        {
            var calls = Enumerable.Range(hashes.Count, Math.Min(TransactionsPerMessage, count - hashes.Count))
                .Select(index => ("eth_sendTransaction", new JsonNode?[] { Transfer(index % Count, _next[index % Count]++, feeGwei: 3) }))
                .ToList();
            var answers = await _node.BatchAsync(calls, cancellationToken);
            hashes.AddRange(answers.Select(answer => answer.GetString()!));
        }

        return hashes;
    }

    /// <summary>Sends the account's next transfer and returns its hash.</summary>
    public Task<string> SendAsync(int account, int feeGwei, CancellationToken cancellationToken) =>
        SendAsync(account, _next[account]++, feeGwei, cancellationToken);

    /// <summary>Sends a transfer with the given nonce and returns its hash.</summary>
    public async Task<string> SendAsync(int account, long nonce, int feeGwei, CancellationToken cancellationToken)
    {
        JsonElement hash = await _node.CallAsync("eth_sendTransaction", cancellationToken, Transfer(account, nonce, feeGwei));
        return hash.GetString()!;
    }

    /// <summary>The nonce of the account's next transfer.</summary>
    public long NextNonceOf(int account) => _next[account];

    private JsonObject Transfer(int account, long nonce, int feeGwei) => new()
    {
        ["from"] = _accounts[account],
        ["to"] = _accounts[(account + 1) % Count],
        ["value"] = "0x1",
        ["gas"] = "0x5208",
        ["nonce"] = Hex(nonce),
        ["maxFeePerGas"] = Hex(feeGwei * OneGwei),
        ["maxPriorityFeePerGas"] = Hex(feeGwei * OneGwei / 2),
    };

    private static string Hex(long value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}
