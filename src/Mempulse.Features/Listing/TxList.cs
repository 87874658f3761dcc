using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Listing;

/// <summary>The waiting transactions at one moment. Immutable and thread-safe: it is made on the fold's thread, and read on others.</summary>
public sealed class TxList
{
    private readonly LookupTable<Hash256, ListedTx> _byHash;
    private readonly ListedSource[] _sources;

    internal TxList(GlobalSeq asOf, FeeOutlook? fees, ListedTx[] rows, LookupTable<Hash256, ListedTx> byHash, ListedSource[] sources)
    {
        (AsOf, Fees, Rows, _byHash, _sources) = (asOf, fees, rows, byHash, sources);
        (ByState, ByFee) = Count(rows, fees);
        Sample = PlotSample.Of(rows);
    }

    /// <summary>The list before the first fact.</summary>
    public static TxList Empty { get; } = new(GlobalSeq.None, null, [], new LookupTable<Hash256, ListedTx>(), []);

    /// <summary>The last applied position when it was complete.</summary>
    public GlobalSeq AsOf { get; }

    /// <summary>The fees that its rows are held against.</summary>
    public FeeOutlook? Fees { get; }

    /// <summary>What the risks of its swaps were read from; null if that changed meanwhile.</summary>
    internal SwapBasis? Basis { get; init; }

    /// <summary>The transactions, in the order in which they began to wait.</summary>
    public IReadOnlyList<ListedTx> Rows { get; }

    /// <summary>Number of transactions in each state, by <see cref="TxState"/>.</summary>
    public IReadOnlyList<int> ByState { get; }

    /// <summary>Number of transactions in each class of fees, by <see cref="FeeClass"/>.</summary>
    public IReadOnlyList<int> ByFee { get; }

    /// <summary>What a plot of it shows.</summary>
    public PlotSample Sample { get; }

    /// <summary>The sources, in ascending order of their numbers.</summary>
    public IReadOnlyList<ListedSource> Sources => _sources;

    /// <summary>The row of a transaction; null if it does not wait.</summary>
    public ListedTx? Find(in Hash256 hash) => _byHash.TryGet(hash, out var row) ? row : null;

    /// <summary>The source with a number; null for one that was forgotten.</summary>
    public ListedSource? SourceOf(uint observer)
    {
        var (low, high) = (0, _sources.Length - 1);
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_sources[middle].Observer == observer)
            {
                return _sources[middle];
            }

            (low, high) = _sources[middle].Observer < observer ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    private static (int[] ByState, int[] ByFee) Count(ListedTx[] rows, FeeOutlook? fees)
    {
        var (byState, byFee) = (new int[(int)TxState.Left + 1], new int[(int)FeeClass.Below + 1]);
        foreach (var row in rows)
        {
            byState[(int)row.State]++;
            byFee[(int)row.FeeClassAt(fees)]++;
        }

        return (byState, byFee);
    }
}
