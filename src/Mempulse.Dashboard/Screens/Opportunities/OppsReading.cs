using Mempulse.Grains.Abstractions.Opportunities;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>What the lists of opportunities show.</summary>
/// <param name="Page">The opportunities that the fold holds, with its counts.</param>
/// <param name="Rows">The same as rows, the best first.</param>
/// <param name="Totals">What happened to opportunities, by cause.</param>
/// <param name="Misses">Simulations that gained nothing, the nearest to a gain first: title and loss.</param>
internal sealed record OppsReading(OppPage Page, IReadOnlyList<OppRow> Rows, OppTotals Totals, IReadOnlyList<(OppTitle Title, string Loss)> Misses);
