using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Listing;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The plot at one moment as the browser draws it: all points, or the places that changed since one of the frames before. Written once for all viewers; immutable.</summary>
internal sealed class PlotFrame
{
    /// <summary>Frames before this one that a viewer may have; one that has an older frame gets all points.</summary>
    public const int MaxSteps = 8;

    private const ulong WeiPerMilliGwei = 1_000_000;

    private readonly PlotPoint[] _points;
    private readonly IReadOnlyList<IReadOnlyList<int>> _changes;
    private readonly ConcurrentDictionary<long, byte[]> _texts = new();

    /// <summary>Makes the frame that follows another.</summary>
    /// <param name="before">The frame before it; null for the first.</param>
    /// <param name="points">The points by place.</param>
    /// <param name="changed">The places that changed since the frame before.</param>
    public PlotFrame(PlotFrame? before, PlotPoint[] points, IReadOnlyList<int> changed)
    {
        Number = (before?.Number ?? 0) + 1;
        _points = points;
        _changes = [changed, .. (before?._changes ?? []).Take(MaxSteps - 1)];
    }

    /// <summary>Its number, from 1, in steps of 1.</summary>
    public long Number { get; }

    /// <summary>The counts, exact also where points are a sample.</summary>
    public required TxListCounts Counts { get; init; }

    /// <summary>True if only some transactions are points.</summary>
    public required bool IsSample { get; init; }

    /// <summary>The tip that sufficed for the last blocks; null if it is not known.</summary>
    public required Wei? InclusionTip { get; init; }

    /// <summary>Transactions that pay the next base fee and this tip; all that pay the base fee if the tip is not known.</summary>
    public required int Includable { get; init; }

    /// <summary>Transactions that pay the next base fee but too little tip.</summary>
    public int TooLittleTip => Math.Max(0, Of(FeeClass.Next) - Includable);

    /// <summary>Transactions that pay less than the next base fee.</summary>
    public int Below => Of(FeeClass.Near) + Of(FeeClass.Below);

    /// <summary>The frame as JSON.</summary>
    /// <param name="drawn">The frame that the browser has; 0 for none.</param>
    /// <returns>What changed since that frame, or all of it; empty if the browser has this frame.</returns>
    public byte[] Since(long drawn)
    {
        long steps = Number - drawn;
        return steps == 0 ? [] : _texts.GetOrAdd(drawn == 0 || steps < 0 || steps > _changes.Count ? 0 : drawn, Write);
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static ulong MilliGwei(Wei wei) => wei.Value.FitsUInt64 ? wei.Value.LowUInt64 / WeiPerMilliGwei : ulong.MaxValue;

    private byte[] Write(long drawn)
    {
        var text = new ArrayBufferWriter<byte>(4_096);
        using var json = new Utf8JsonWriter(text);
        json.WriteStartObject();
        json.WriteNumber("number", Number);
        var places = Enumerable.Range(0, _points.Length);
        if (drawn > 0)
        {
            json.WriteNumber("from", drawn);
            places = _changes.Take((int)(Number - drawn)).SelectMany(static changed => changed).Distinct().Order();
            Numbers(json, "places", places.Select(static place => (long)place));
        }

        var points = places.Select(place => _points[place]).ToList();
        Numbers(json, "tips", points.Select(static point => (long)Math.Min(point.Tip, long.MaxValue)));
        Numbers(json, "fees", points.Select(static point => (long)Math.Min(point.Fee, long.MaxValue)));
        Numbers(json, "kinds", points.Select(static point => (long)point.Kind));
        if (Counts.NextBaseFee is { } next)
        {
            json.WriteNumber("next", MilliGwei(next));
        }

        if (InclusionTip is { } tip)
        {
            json.WriteNumber("tip", MilliGwei(tip));
        }

        json.WriteNumber("includable", Includable);
        json.WriteNumber("below", Below);
        json.WriteNumber("tooLittle", TooLittleTip);
        json.WriteEndObject();
        json.Flush();
        return text.WrittenSpan.ToArray();
    }

    private int Of(FeeClass fee) => Counts.ByFee.ElementAtOrDefault((int)fee);
}
