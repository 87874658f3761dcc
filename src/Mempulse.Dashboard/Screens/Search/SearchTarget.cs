using System.Globalization;
using Mempulse.Dashboard.Feed;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Dashboard.Screens.Search;

/// <summary>Finds the address of what a person searches for: a hash, an account, a height, an event, or a filter.</summary>
internal sealed class SearchTarget(IGrainFactory grains, LiveFeed feed)
{
    private const int MaxCharacters = 200;

    /// <summary>The address of a screen, or of an answer where there is no screen for it. A hash that the log does not have leads to what the log covers.</summary>
    public async Task<string> FindAsync(string query)
    {
        string text = query.Trim();
        if (Hash256.TryParse(text, out var hash))
        {
            return await FindAsync(hash).ConfigureAwait(false);
        }

        return Address.TryParse(text, out var account) ? $"/sender/{account}"
            : TryNumber(text, out ulong height) ? $"/blocks/{height}"
            : text.StartsWith('#') && TryNumber(text[1..], out ulong seq) ? string.Create(CultureInfo.InvariantCulture, $"/events?after={seq - Math.Min(seq, 1)}&limit=1")
            : $"/?q={Uri.EscapeDataString(text[..Math.Min(text.Length, MaxCharacters)])}";
    }

    private async Task<string> FindAsync(Hash256 hash)
    {
        var log = grains.LogReader(feed.Chain);
        foreach (var (key, path) in new[]
        {
            (EventKey.Tx(hash), "/tx/"), (EventKey.Block(hash), "/blocks/"), (EventKey.Opp(hash), "/opps/"), (EventKey.Bundle(hash), "/bundle/"), (EventKey.Sim(hash), "/sim/"),
        })
        {
            if ((await log.ReadKey(key, GlobalSeq.None, limit: 1).ConfigureAwait(false)).Records.Count > 0)
            {
                return path + hash;
            }
        }

        return $"/tx/{hash}";
    }

    private static bool TryNumber(string text, out ulong number) => ulong.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);
}
