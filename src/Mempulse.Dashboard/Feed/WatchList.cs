using Mempulse.Primitives;
using Microsoft.JSInterop;

namespace Mempulse.Dashboard.Feed;

/// <summary>The transactions that a browser session watches, in the order in which they were added. Confined to the viewer's circuit.</summary>
/// <remarks>The browser keeps the list for its session (sessionStorage), so it outlives the circuit: a page that is loaded again has it, and another session does not.</remarks>
internal sealed class WatchList(IJSRuntime browser)
{
    /// <summary>Transactions that are watched at most.</summary>
    public const int MaxWatched = 16;

    private const string Keep = "mempulse.watched";

    private List<Hash256> _watched = [];

    /// <summary>The transactions.</summary>
    public IReadOnlyList<Hash256> All => _watched;

    /// <summary>True if no more can be watched.</summary>
    public bool IsFull => _watched.Count >= MaxWatched;

    /// <summary>Whether a transaction is watched.</summary>
    public bool Contains(Hash256 tx) => _watched.Contains(tx);

    /// <summary>Reads what the browser kept; hashes that are not valid, and those past the limit, are left out.</summary>
    public async Task LoadAsync()
    {
        string?[] kept = await browser.InvokeAsync<string?[]>(Keep);
        _watched = [.. kept.Select(static text => Hash256.TryParse(text, out var tx) ? tx : (Hash256?)null).OfType<Hash256>().Concat(_watched).Distinct().Take(MaxWatched)];
    }

    /// <summary>Watches a transaction, or stops watching it. Nothing happens if the list is full.</summary>
    public async Task ToggleAsync(Hash256 tx)
    {
        if (!_watched.Remove(tx))
        {
            if (IsFull)
            {
                return;
            }

            _watched.Add(tx);
        }

        await browser.InvokeAsync<string?[]>(Keep, (object)_watched.Select(static watched => watched.ToString()).ToArray());
    }
}
