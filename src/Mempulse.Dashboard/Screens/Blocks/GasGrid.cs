namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>Transactions as rows of gas, read like text: a row is 1.5 Mgas, and a cell as wide as its gas.</summary>
/// <param name="Rows">The rows with their cells, from left to right without a gap.</param>
/// <param name="Drawn">Transactions that have cells; a block with more is cut.</param>
internal sealed record GasGrid(IReadOnlyList<IReadOnlyList<GasCell>> Rows, int Drawn)
{
    /// <summary>Gas of a row.</summary>
    public const ulong RowGas = 1_500_000;

    /// <summary>Rows that are shown; a block above this is cut.</summary>
    public const int MaxRows = 64;

    /// <summary>Cells that are shown: two grids stay below the elements that a screen may have.</summary>
    public const int MaxCells = 700;

    private const ulong Whole = 10_000;

    /// <summary>Lays transactions out in their order.</summary>
    public static GasGrid Of(IReadOnlyList<AuditRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<List<GasCell>> grid = [];
        ulong at = 0;
        int cells = 0;
        int drawn = 0;
        foreach (var row in rows)
        {
            ulong end = at + Math.Max(row.Gas, 1);
            if (end > MaxRows * RowGas || cells + (int)((end - 1) / RowGas) - (int)(at / RowGas) >= MaxCells)
            {
                break;
            }

            for (bool isFirst = true; at < end; isFirst = false)
            {
                ulong line = at / RowGas;
                ulong stop = Math.Min(end, (line + 1) * RowGas);
                while ((ulong)grid.Count <= line)
                {
                    grid.Add([]);
                }

                grid[(int)line].Add(new GasCell(row, Share(stop, line) - Share(at, line), isFirst));
                cells++;
                at = stop;
            }

            drawn++;
        }

        return new GasGrid(grid, drawn);
    }

    /// <summary>The gas at the start of a row, in millions with one decimal.</summary>
    public static string Label(int row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row * 15 / 10}.{row * 15 % 10}");

    private static long Share(ulong gas, ulong line) => (long)((gas - (line * RowGas)) * Whole / RowGas);
}
