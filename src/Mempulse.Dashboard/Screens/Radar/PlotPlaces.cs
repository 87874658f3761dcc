using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The points of the plot, each at a place that it keeps while its transaction waits, so that an update names only the places that changed.</summary>
/// <remarks>A free place is given to the next point: there are never more places than there were points at once. Confined to one reading at a time.</remarks>
internal sealed class PlotPlaces
{
    private const ulong WeiPerMilliGwei = 1_000_000;
    private const int Swap = 0;
    private const int Transfer = 1;
    private const int Blob = 2;
    private const int Other = 3;
    private const int Trigger = 8;

    private readonly Dictionary<ulong, int> _places = [];
    private readonly List<PlotPoint> _points = [];
    private readonly Stack<int> _free = new();

    /// <summary>A copy of the points by place.</summary>
    public PlotPoint[] ToArray() => [.. _points];

    /// <summary>Takes all points, or those that changed.</summary>
    /// <returns>The places that changed, in ascending order.</returns>
    public IReadOnlyList<int> Take(TxPlot plot)
    {
        var changed = new SortedSet<int>();
        ulong[] gone = plot.Since is null ? [.. _places.Keys.Except(plot.Ids)] : [.. plot.Gone];
        foreach (ulong id in gone)
        {
            if (_places.Remove(id, out int place))
            {
                _points[place] = PlotPoint.Free;
                _free.Push(place);
                changed.Add(place);
            }
        }

        for (int i = 0; i < plot.Ids.Count; i++)
        {
            var point = new PlotPoint(MilliGwei(plot.Tips[i]), MilliGwei(plot.MaxFees[i]), KindOf(plot, i));
            int place = PlaceOf(plot.Ids[i]);
            if (_points[place] != point)
            {
                _points[place] = point;
                changed.Add(place);
            }
        }

        return [.. changed];
    }

    private static ulong MilliGwei(ulong wei) => wei / WeiPerMilliGwei;

    private static int KindOf(TxPlot plot, int i)
    {
        string category = plot.CategoryNames.ElementAtOrDefault(plot.Categories[i]) ?? string.Empty;
        int kind = (TxType)plot.Types[i] == TxType.Blob ? Blob : category == "Swap" ? Swap : category is "Transfer" or "Payment" ? Transfer : Other;
        return plot.Triggers[i] == 0 ? kind : kind | Trigger;
    }

    private int PlaceOf(ulong id)
    {
        if (!_places.TryGetValue(id, out int place))
        {
            if (!_free.TryPop(out place))
            {
                place = _points.Count;
                _points.Add(PlotPoint.Free);
            }

            _places.Add(id, place);
        }

        return place;
    }
}
