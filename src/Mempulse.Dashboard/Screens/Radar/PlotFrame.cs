using System.Buffers;
using System.Text.Json;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The points of the pool as the browser draws them, written once for all viewers.</summary>
/// <param name="AsOf">The position that they hold for.</param>
/// <param name="Counts">The counts, exact also where points are a sample.</param>
/// <param name="IsSample">True if only some transactions are points.</param>
/// <param name="Bytes">The points as JSON.</param>
internal sealed record PlotFrame(GlobalSeq AsOf, TxListCounts Counts, bool IsSample, byte[] Bytes)
{
    private const ulong WeiPerMilliGwei = 1_000_000;
    private const int Swap = 0;
    private const int Transfer = 1;
    private const int Blob = 2;
    private const int Other = 3;
    private const int Trigger = 8;

    /// <summary>Transactions that pay the next base fee.</summary>
    public int PayingNext => Of(FeeClass.Next);

    /// <summary>Transactions that pay less.</summary>
    public int Below => Of(FeeClass.Near) + Of(FeeClass.Below);

    /// <summary>Writes the points of a plot.</summary>
    public static PlotFrame Of(TxPlot plot)
    {
        var text = new ArrayBufferWriter<byte>(plot.Ids.Count * 16);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            Numbers(json, "tips", plot.Tips);
            Numbers(json, "fees", plot.MaxFees);
            json.WriteStartArray("kinds");
            for (int i = 0; i < plot.Ids.Count; i++)
            {
                json.WriteNumberValue(KindOf(plot, i));
            }

            json.WriteEndArray();
            if (plot.Counts.NextBaseFee is { } next)
            {
                json.WriteNumber("next", MilliGwei(next.Value.FitsUInt64 ? next.Value.LowUInt64 : ulong.MaxValue));
            }

            json.WriteNumber("paying", plot.Counts.ByFee.ElementAtOrDefault((int)FeeClass.Next));
            json.WriteNumber("below", plot.Counts.ByFee.ElementAtOrDefault((int)FeeClass.Near) + plot.Counts.ByFee.ElementAtOrDefault((int)FeeClass.Below));
            json.WriteEndObject();
        }

        return new PlotFrame(plot.Counts.AsOf, plot.Counts, plot.SampleShift > 0, text.WrittenSpan.ToArray());
    }

    private static int KindOf(TxPlot plot, int i)
    {
        string category = plot.CategoryNames.ElementAtOrDefault(plot.Categories[i]) ?? string.Empty;
        int kind = (TxType)plot.Types[i] == TxType.Blob ? Blob : category == "Swap" ? Swap : category is "Transfer" or "Payment" ? Transfer : Other;
        return plot.Triggers[i] == 0 ? kind : kind | Trigger;
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<ulong> fees)
    {
        json.WriteStartArray(name);
        foreach (ulong fee in fees)
        {
            json.WriteNumberValue(MilliGwei(fee));
        }

        json.WriteEndArray();
    }

    private static ulong MilliGwei(ulong wei) => wei / WeiPerMilliGwei;

    private int Of(FeeClass fee) => Counts.ByFee.ElementAtOrDefault((int)fee);
}
