namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>A point of the plot as the browser has it.</summary>
/// <param name="Tip">The cap on the tip, in thousandths of a gwei.</param>
/// <param name="Fee">The cap on the fee, in thousandths of a gwei.</param>
/// <param name="Kind">What it is drawn as; -1 for a place that is free.</param>
internal readonly record struct PlotPoint(ulong Tip, ulong Fee, int Kind)
{
    /// <summary>No point.</summary>
    public static PlotPoint Free => new(0, 0, -1);

    /// <summary>True for a place that is free.</summary>
    public bool IsFree => Kind < 0;
}
