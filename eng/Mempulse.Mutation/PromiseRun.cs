using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Mempulse.Mutation;

/// <summary>Runs promise mutants: one compiles while the tests of others run, each in a test bed.</summary>
internal sealed class PromiseRun(TreeCopy copy, ResultFile results, bool isFresh)
{
    private const int TimesUnchanged = 5;

    // Some mutants make their test wait for its limit, which takes no processor.
    private const int BedsPerCore = 3;

    // A test without a mutant takes minutes at most; with one that makes it wait for ever, it gets some times as long as without.
    private static readonly TimeSpan UnchangedLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeastLimit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, string> digests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Outcome>>> unchanged = new(StringComparer.Ordinal);

    /// <summary>The verdict of each mutant, in the order of the list.</summary>
    public async Task<IReadOnlyList<Verdict>> RunAsync(IReadOnlyList<PromiseMutant> mutants, CancellationToken cancellationToken)
    {
        var pending = mutants.Where(mutant => isFresh || Known(mutant) is null).ToList();
        int workers = Math.Min(BedsPerCore * Environment.ProcessorCount, pending.Count);
        var beds = new ConcurrentBag<TestBed>();
        for (int worker = 0; worker < workers; worker++)
        {
            beds.Add(await TestBed.OfAsync(copy, $"{copy.Root}-bed{worker}", cancellationToken).ConfigureAwait(false));
        }

        using var builder = new MutantBuilder(copy);
        int done = 0;
        await Parallel.ForEachAsync(
            pending,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, workers), CancellationToken = cancellationToken },
            async (mutant, cancelled) =>
            {
                beds.TryTake(out var bed);
                var outcome = await DecideAsync(mutant, bed!, builder, cancelled).ConfigureAwait(false);
                beds.Add(bed!);
                results.Add(mutant.Id, DigestOf(mutant), outcome);
                Console.WriteLine($"{Interlocked.Increment(ref done)}/{pending.Count} {mutant.Id}: {outcome.Verdict} in {outcome.Took.TotalSeconds:F1} s");
            }).ConfigureAwait(false);
        return [.. mutants.Select(mutant => Known(mutant)!.Value)];
    }

    private Verdict? Known(PromiseMutant mutant) => results.Find(mutant.Id, DigestOf(mutant))?.Verdict;

    private async Task<Outcome> DecideAsync(PromiseMutant mutant, TestBed bed, MutantBuilder builder, CancellationToken cancellationToken)
    {
        if (await builder.BuildAsync(mutant, cancellationToken).ConfigureAwait(false) is not { } built)
        {
            return new Outcome(Verdict.Unbuildable, TimeSpan.Zero);
        }

        var without = await UnchangedAsync(mutant, bed, cancellationToken).ConfigureAwait(false);
        return without.Verdict switch
        {
            Verdict.Survived => await bed.RunAsync(mutant, built, LeastLimit + (TimesUnchanged * without.Took), cancellationToken).ConfigureAwait(false),
            Verdict.Killed => without with { Verdict = Verdict.FailsUnchanged },
            _ => without,
        };
    }

    // A test that fails anyway kills nothing. It runs once for all the mutants that name it.
    private Task<Outcome> UnchangedAsync(PromiseMutant mutant, TestBed bed, CancellationToken cancellationToken)
    {
        string name = "unchanged " + mutant.Test;
        return unchanged.GetOrAdd(name, _ => new Lazy<Task<Outcome>>(async () =>
        {
            string digest = ProjectDigestOf(mutant);
            if (!isFresh && results.Find(name, digest) is { Verdict: Verdict.Survived, Took.Ticks: > 0 } earlier)
            {
                return earlier;
            }

            var outcome = await bed.RunAsync(mutant, UnchangedLimit, cancellationToken).ConfigureAwait(false);
            results.Add(name, digest, outcome);
            return outcome;
        })).Value;
    }

    private string ProjectDigestOf(PromiseMutant mutant) => digests.GetOrAdd(mutant.TestProject, copy.Digests.Of);

    private string DigestOf(PromiseMutant mutant)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\0', mutant.File, mutant.Find, mutant.Replace, mutant.Test, ProjectDigestOf(mutant)));
        return Convert.ToHexStringLower(SHA256.HashData(text))[..16];
    }
}
