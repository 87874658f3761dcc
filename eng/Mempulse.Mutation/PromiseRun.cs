using System.Collections.Concurrent;

namespace Mempulse.Mutation;

/// <summary>Runs promise mutants: one compiles while the tests of others run, in as many test beds as there are cores.</summary>
internal sealed class PromiseRun(TreeCopy copy, ResultFile results)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Verdict>>> unchanged = new(StringComparer.Ordinal);

    /// <summary>The verdict of each mutant, in the order of the list.</summary>
    public async Task<IReadOnlyList<Verdict>> RunAsync(IReadOnlyList<PromiseMutant> mutants, CancellationToken cancellationToken)
    {
        using var builder = new MutantBuilder(copy);
        var beds = new ConcurrentBag<TestBed>();
        int pending = mutants.Count(mutant => results.Find(mutant.Id) is null);
        int workers = Math.Min(Environment.ProcessorCount, pending);
        for (int worker = 0; worker < workers; worker++)
        {
            beds.Add(await TestBed.OfAsync(copy, $"{copy.Root}-bed{worker}", cancellationToken).ConfigureAwait(false));
        }

        int done = 0;
        await Parallel.ForEachAsync(
            mutants.Where(mutant => results.Find(mutant.Id) is null),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, workers), CancellationToken = cancellationToken },
            async (mutant, cancelled) =>
            {
                beds.TryTake(out var bed);
                var verdict = await DecideAsync(mutant, bed!, builder, cancelled).ConfigureAwait(false);
                beds.Add(bed!);
                results.Add(mutant.Id, verdict);
                Console.WriteLine($"{Interlocked.Increment(ref done)}/{pending} {mutant.Id}: {verdict}");
            }).ConfigureAwait(false);
        return [.. mutants.Select(mutant => results.Find(mutant.Id)!.Value)];
    }

    private async Task<Verdict> DecideAsync(PromiseMutant mutant, TestBed bed, MutantBuilder builder, CancellationToken cancellationToken)
    {
        if (await builder.BuildAsync(mutant, cancellationToken).ConfigureAwait(false) is not { } built)
        {
            return Verdict.Unbuildable;
        }

        var verdict = await bed.RunAsync(mutant, built, cancellationToken).ConfigureAwait(false);
        return verdict == Verdict.Killed && await UnchangedAsync(mutant, bed, cancellationToken).ConfigureAwait(false) != Verdict.Survived
            ? Verdict.FailsUnchanged
            : verdict;
    }

    // A test that fails anyway kills nothing. It runs once for all the mutants that name it.
    private Task<Verdict> UnchangedAsync(PromiseMutant mutant, TestBed bed, CancellationToken cancellationToken)
    {
        string key = "unchanged " + mutant.Test;
        return unchanged.GetOrAdd(key, _ => new Lazy<Task<Verdict>>(async () =>
        {
            if (results.Find(key) is { } earlier)
            {
                return earlier;
            }

            var verdict = await bed.RunAsync(mutant, cancellationToken).ConfigureAwait(false);
            results.Add(key, verdict);
            return verdict;
        })).Value;
    }
}
