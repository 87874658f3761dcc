using Mempulse.Dashboard.Feed;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The tip that sufficed for the last blocks: the median of the least tips of their public transactions, as their audits measure them.</summary>
/// <remarks>Each block is read once. Confined to one reading at a time.</remarks>
internal sealed class InclusionTip(IGrainFactory grains, LiveFeed feed)
{
    /// <summary>Blocks that the median is of.</summary>
    private const int Blocks = 5;

    private Dictionary<Hash256, Wei?> _tips = [];
    private Hash256? _head;
    private Wei? _median;

    /// <summary>Returns the tip; null while no block has enough public transactions to measure it.</summary>
    public async Task<Wei?> ReadAsync()
    {
        var head = feed.Latest?.Head?.Hash;
        if (head == _head)
        {
            return _median;
        }

        var fold = grains.Mempool(feed.Chain);
        var newest = await fold.FindAudit(new AuditQuery(null, null, [], 0, 0)).ConfigureAwait(false);
        var tips = new Dictionary<Hash256, Wei?>();
        foreach (var block in newest.Kept.Where(static block => block.IsCanonical).Take(Blocks))
        {
            if (!_tips.TryGetValue(block.Hash, out var tip))
            {
                var audit = block.Hash == newest.Audit?.Hash ? newest : await fold.FindAudit(new AuditQuery(null, block.Hash, [], 0, 0)).ConfigureAwait(false);
                tip = audit.Audit?.MarginalTip;
            }

            tips.Add(block.Hash, tip);
        }

        (_tips, _head, _median) = (tips, head, MedianOf(tips.Values));
        return _median;
    }

    /// <summary>The middle one of the known tips, the lower one of two.</summary>
    internal static Wei? MedianOf(IEnumerable<Wei?> tips)
    {
        Wei[] known = [.. tips.OfType<Wei>().Order()];
        return known.Length == 0 ? null : known[(known.Length - 1) / 2];
    }
}
