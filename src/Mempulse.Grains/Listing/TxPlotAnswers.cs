using Mempulse.Features.Listing;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;

namespace Mempulse.Grains.Listing;

/// <summary>Builds plots from lists of waiting transactions.</summary>
internal static class TxPlotAnswers
{
    private static readonly string[] _categories = Enum.GetNames<CallCategory>();

    /// <summary>The points that changed since a position; all of them once another part of the transactions is shown. Those whose body is not known have no place in a plot.</summary>
    public static TxPlot Of(ListHistory history, GlobalSeq since)
    {
        var changes = history.Since(since);
        return Of(changes.Sample == changes.List.Sample ? changes : history.Since(GlobalSeq.None));
    }

    private static TxPlot Of(ListChanges changes)
    {
        var sample = changes.List.Sample;
        var points = changes.Changed.Where(row => row.Body is not null && sample.Contains(row.Hash)).ToList();
        return new TxPlot
        {
            Counts = TxListAnswers.Counts(changes.List),
            Since = changes.Since,
            SampleShift = sample.Shift,
            Ids = Each(points, static row => PlotSample.IdOf(row.Hash)),
            Tips = Each(points, static row => Saturated(row.Body!.MaxPriorityFeePerGas)),
            MaxFees = Each(points, static row => Saturated(row.Body!.MaxFeePerGas)),
            Categories = Each(points, static row => (byte)row.Body!.Category),
            States = Each(points, static row => (byte)row.State),
            Types = Each(points, static row => (byte)row.Body!.Type),
            Triggers = Each(points, static row => (byte)(row.IsTrigger ? 1 : 0)),
            Gone = [.. changes.Ended.Where(end => sample.Contains(end.Hash)).Select(static end => PlotSample.IdOf(end.Hash))],
            CategoryNames = _categories,
        };
    }

    private static T[] Each<T>(List<ListedTx> points, Func<ListedTx, T> value)
    {
        var values = new T[points.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(points[i]);
        }

        return values;
    }

    private static ulong Saturated(Wei fee) => fee.Value.FitsUInt64 ? fee.Value.LowUInt64 : ulong.MaxValue;
}
