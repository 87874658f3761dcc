using Mempulse.Architecture.Tests.Sources;
using Mempulse.Mutation;

namespace Mempulse.Architecture.Tests.Mutants;

/// <summary>What ties docs/guarantees.md, tests/mutants, the sources and the tests together.</summary>
internal static class PromiseMutantRules
{
    private const int MinimumMutants = 3;

    /// <summary>Rows with fewer than three mutants of their promise, and promises without a row.</summary>
    public static IEnumerable<string> Promises(IReadOnlyList<GuaranteeRow> rows, IReadOnlyList<(string Area, PromiseMutant Mutant)> mutants)
    {
        foreach (var row in rows)
        {
            int own = row.Mutants.Distinct().Count(id => mutants.Any(pair => pair.Mutant.Id == id && pair.Area == row.Area && pair.Mutant.Promise == row.Key));
            if (own < MinimumMutants || own != row.Mutants.Count)
            {
                yield return $"'{row.Promise}' names {row.Mutants.Count} mutants, of which {own} are mutants of its promise '{row.Key}': expected at least {MinimumMutants}, all of them its own.";
            }
        }

        foreach (var (area, mutant) in mutants.Where(pair => !rows.Any(row => row.Key == pair.Mutant.Promise && row.Area == pair.Area)))
        {
            yield return $"The promise '{mutant.Promise}' of the mutant '{mutant.Id}' ({area}) has no row.";
        }

        foreach (var key in rows.Where(row => row.Key.Length > 0).GroupBy(row => row.Key).Where(group => group.Count() > 1))
        {
            yield return $"{key.Count()} rows have the key '{key.Key}'.";
        }
    }

    /// <summary>Mutants that share an id, do not fit their file, change nothing, or name a test that does not exist.</summary>
    public static IEnumerable<string> Unfit(IReadOnlyList<PromiseMutant> mutants, Func<string, string?> read, IEnumerable<SourceFile> tests)
    {
        var words = tests.SelectMany(file => file.Lines).SelectMany(line => line.Split([' ', '(', ')', '<', ';', ':', '{'])).ToHashSet(StringComparer.Ordinal);
        foreach (var group in mutants.GroupBy(mutant => mutant.Id).Where(group => group.Count() > 1))
        {
            yield return $"{group.Count()} mutants have the id '{group.Key}'.";
        }

        foreach (var mutant in mutants)
        {
            int found = read(mutant.File) is { } text ? text.Split(mutant.Find).Length - 1 : -1;
            if (found != 1)
            {
                yield return found < 0 ? $"'{mutant.Id}' changes {mutant.File}, which does not exist." : $"'{mutant.Id}' finds its text {found} times in {mutant.File}: expected once.";
            }

            if (mutant.Find == mutant.Replace)
            {
                yield return $"'{mutant.Id}' changes nothing.";
            }

            foreach (string name in mutant.TestNames.Where(name => !words.Contains(name)))
            {
                yield return $"'{mutant.Id}' names the test {mutant.Test}; '{name}' is in no test file.";
            }
        }
    }
}
