using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Node;

/// <summary>Transactions sent to an anvil at a steady rate, with a block for each batch of seconds, until it is stopped.</summary>
internal sealed class SteadyTraffic
{
    private const int PerTick = 20;
    private const int TicksPerBlock = 10;
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(100);

    private readonly AnvilNode _anvil;
    private readonly string[] _accounts;
    private readonly List<string> _sent = [];
    private readonly List<DateTimeOffset> _sentAt = [];
    private int _next;

    private SteadyTraffic(AnvilNode anvil, string[] accounts) => (_anvil, _accounts) = (anvil, accounts);

    /// <summary>Hashes sent.</summary>
    public IReadOnlyList<string> Sent => _sent;

    /// <summary>When each was sent.</summary>
    public IReadOnlyList<DateTimeOffset> SentAt => _sentAt;

    /// <summary>Traffic from the accounts that the node holds keys of.</summary>
    public static async Task<SteadyTraffic> OnAsync(AnvilNode anvil) =>
        new(anvil, [.. (await anvil.CallAsync("eth_accounts", CancellationToken.None).ConfigureAwait(false)).EnumerateArray().Select(account => account.GetString()!)]);

    /// <summary>Sends a number of transactions, and mines them.</summary>
    public async Task SendAsync(int count)
    {
        for (int left = count; left > 0; left -= PerTick)
        {
            await SendBatchAsync().ConfigureAwait(false);
        }

        await _anvil.CallAsync("evm_mine", CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Sends at a steady rate.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_tick);
        for (int tick = 1; !cancellationToken.IsCancellationRequested; tick++)
        {
            await SendBatchAsync().ConfigureAwait(false);
            if (tick % TicksPerBlock == 0)
            {
                await _anvil.CallAsync("evm_mine", CancellationToken.None).ConfigureAwait(false);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task SendBatchAsync()
    {
        var calls = Enumerable.Range(0, PerTick).Select(_ => ("eth_sendTransaction", new JsonNode?[] { Next() })).ToList();
        var at = TimeProvider.System.GetUtcNow();
        var hashes = await _anvil.BatchAsync(calls, CancellationToken.None).ConfigureAwait(false);
        _sent.AddRange(hashes.Select(hash => hash.GetString()!));
        _sentAt.AddRange(hashes.Select(_ => at));
    }

    /// <summary>A transaction unlike all others: anvil answers a batch in any order.</summary>
    private JsonObject Next()
    {
        var (nonce, account) = Math.DivRem(_next++, _accounts.Length);
        return new JsonObject
        {
            ["from"] = _accounts[account],
            ["to"] = _accounts[0],
            ["nonce"] = string.Create(CultureInfo.InvariantCulture, $"0x{nonce:x}"),
            ["gas"] = "0x5208",
        };
    }
}
