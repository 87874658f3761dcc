namespace Mempulse.Mutation;

/// <summary>The tables of a run: by area, by promise, and each mutant that was not killed.</summary>
internal static class PromiseReport
{
    /// <summary>Writes the tables.</summary>
    public static void Print(IReadOnlyList<PromiseResult> results, TextWriter output)
    {
        foreach (var area in results.GroupBy(result => result.Area))
        {
            output.WriteLine();
            PrintRows($"promises of {area.Key}", area.GroupBy(result => result.Mutant.Promise), output);
        }

        output.WriteLine();
        PrintRows("areas", results.GroupBy(result => result.Area), output);
        PrintRow("all", results, output);
        foreach (var result in results.Where(result => result.Verdict != Verdict.Killed))
        {
            output.WriteLine($"{result.Verdict}: {result.Mutant.Id} ({result.Mutant.File}, {result.Mutant.Test}){(result.Mutant.Survives is { } reason ? $": {reason}" : string.Empty)}");
        }
    }

    /// <summary>A share in per cent, rounded down.</summary>
    public static string Share(int part, int whole) => whole == 0 ? "-" : $"{part * 100 / whole} %";

    private static void PrintRows(string title, IEnumerable<IGrouping<string, PromiseResult>> rows, TextWriter output)
    {
        output.WriteLine($"{title,-44}{"killed",10}{"survived",10}{"not run",10}{"share",10}");
        foreach (var row in rows)
        {
            PrintRow(row.Key, [.. row], output);
        }
    }

    private static void PrintRow(string name, IReadOnlyList<PromiseResult> results, TextWriter output)
    {
        int killed = results.Count(result => result.Verdict == Verdict.Killed);
        int survived = results.Count(result => result.Verdict == Verdict.Survived);
        output.WriteLine($"{name,-44}{killed,10}{survived,10}{results.Count - killed - survived,10}{Share(killed, results.Count),10}");
    }
}
