namespace Mempulse.Mutation;

/// <summary>One run: copies and builds the checkout, runs the mutants that were asked for, and prints the tables.</summary>
internal static class MutationRun
{
    /// <summary>Runs and prints; the exit code is 1 when a promise mutant survived without a reason or could not be run.</summary>
    public static async Task<int> RunAsync(MutationRequest request, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        string checkout = Directory.GetCurrentDirectory();
        var areas = Area.Of(checkout);
        if (request.Areas.FirstOrDefault(name => areas.All(area => area.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"'{unknown}' is not a valid area: expected one of {string.Join(", ", areas.Select(area => area.Name))}.").ConfigureAwait(false);
            return 2;
        }

        if (request.Areas.Count > 0)
        {
            areas = [.. areas.Where(area => request.Areas.Contains(area.Name))];
        }

        string directory = Path.Combine(checkout, "artifacts", "mutation");
        Directory.CreateDirectory(directory);
        Console.WriteLine("Copying and building the checkout.");
        var copy = await TreeCopy.OfAsync(checkout, Path.Combine(directory, "tree"), cancellationToken).ConfigureAwait(false);
        bool sound = !request.Promises || areas.All(area => area.GenericProject is not null) || await RunPromisesAsync(request, areas, copy, directory, cancellationToken).ConfigureAwait(false);
        if (request.Generic && areas.Any(area => area.GenericProject is not null))
        {
            await RunGenericAsync(request, areas, copy, cancellationToken).ConfigureAwait(false);
        }

        Console.WriteLine();
        Console.WriteLine($"{TimeProvider.System.GetElapsedTime(start).TotalMinutes:F1} min");
        return sound ? 0 : 1;
    }

    private static async Task<bool> RunPromisesAsync(
        MutationRequest request, IReadOnlyList<Area> areas, TreeCopy copy, string directory, CancellationToken cancellationToken)
    {
        var results = new ResultFile(Path.Combine(directory, "promises.jsonl"));
        var mutants = areas
            .Where(area => area.GenericProject is null)
            .SelectMany(area => PromiseMutant.Of(area, copy.Root).Select(mutant => (Area: area.Name, Mutant: mutant)))
            .Where(pair => request.Only.Count == 0 || request.Only.Contains(pair.Mutant.Id))
            .Where(pair => !request.Survivors || results.Last(pair.Mutant.Id) is not (null or Verdict.Killed))
            .ToList();
        if (request.Only.FirstOrDefault(id => mutants.All(pair => pair.Mutant.Id != id)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"'{unknown}' is not the id of a promise mutant of {string.Join(", ", areas.Select(area => area.Name))}.").ConfigureAwait(false);
            return false;
        }

        var verdicts = await new PromiseRun(copy, results, request.Fresh).RunAsync([.. mutants.Select(pair => pair.Mutant)], cancellationToken).ConfigureAwait(false);
        var decided = mutants.Zip(verdicts, (pair, verdict) => new PromiseResult(pair.Area, pair.Mutant, verdict)).ToList();
        PromiseReport.Print(decided, Console.Out);
        return decided.All(result => result.IsExpected);
    }

    private static async Task RunGenericAsync(MutationRequest request, IReadOnlyList<Area> areas, TreeCopy copy, CancellationToken cancellationToken)
    {
        var results = new List<GenericResult>();
        foreach (var project in areas.Select(area => area.GenericProject).OfType<GenericProject>())
        {
            Console.WriteLine($"Running the generic mutants of {project.Name}.");
            results.Add(await GenericRun.RunAsync(copy, project, request, cancellationToken).ConfigureAwait(false));
        }

        foreach (var result in results)
        {
            Console.WriteLine();
            Console.WriteLine($"Survivors in {result.Project}:");
            foreach (var survivor in result.Mutants.Where(mutant => !mutant.IsKilled))
            {
                Console.WriteLine($"  {survivor.Change}");
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{"generic mutants",-24}{"killed",10}{"survived",10}{"share",10}");
        foreach (var result in results)
        {
            PrintRow(result.Project, result.Mutants);
            foreach (var folder in result.Mutants.GroupBy(mutant => mutant.Folder).OrderBy(folder => folder.Key, StringComparer.Ordinal))
            {
                PrintRow($"  {folder.Key}", [.. folder]);
            }
        }
    }

    private static void PrintRow(string name, IReadOnlyList<GenericMutant> mutants)
    {
        int killed = mutants.Count(mutant => mutant.IsKilled);
        Console.WriteLine($"{name,-24}{killed,10}{mutants.Count - killed,10}{PromiseReport.Share(killed, mutants.Count),10}");
    }
}
