namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>Transactions as rows of gas, read like text: a row is 1.5 Mgas, and a cell as wide as its gas.</summary>
internal static class GasGrid
{
    /// <summary>Gas of a row.</summary>
    public const ulong RowGas = 1_500_000;

    /// <summary>Rows that are shown; a block above this is cut.</summary>
    public const int MaxRows = 64;

    private const ulong Whole = 10_000;

    /// <summary>Lays transactions out in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<GasCell>> Of(IReadOnlyList<AuditRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<List<GasCell>> grid = [];
        ulong at = 0;
        foreach (var row in rows)
        {
            ulong end = at + Math.Max(row.Gas, 1);
            for (bool isFirst = true; at < end && at / RowGas < MaxRows; isFirst = false)
            {
                ulong line = at / RowGas;
                ulong stop = Math.Min(end, (line + 1) * RowGas);
                while ((ulong)grid.Count <= line)
                {
                    grid.Add([]);
                }

                long start = (long)((at - (line * RowGas)) * Whole / RowGas);
                grid[(int)line].Add(new GasCell(row, start, (long)((stop - (line * RowGas)) * Whole / RowGas) - start, isFirst));
                at = stop;
            }

            at = end;
        }

        return grid;
    }

    /// <summary>The gas at the start of a row, in millions with one decimal.</summary>
    public static string Label(int row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row * 15 / 10}.{row * 15 % 10}");
}
