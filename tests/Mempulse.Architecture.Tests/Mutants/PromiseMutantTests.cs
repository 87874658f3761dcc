using Mempulse.Architecture.Tests.Sources;
using Mempulse.Mutation;

namespace Mempulse.Architecture.Tests.Mutants;

/// <summary>Every promise has mutants, and every mutant fits the code and names a test.</summary>
public sealed class PromiseMutantTests
{
    private const string Row = "| It holds | [ATests](a.cs) | [holds](../tests/mutants/log.json): `one`, `two`, `three` |";

    private static readonly IReadOnlyList<(string Area, PromiseMutant Mutant)> All =
    [
        .. Area.Of(Repository.Root)
            .Where(area => area.GenericProject is null)
            .SelectMany(area => PromiseMutant.Of(area, Repository.Root).Select(mutant => (area.Name, mutant))),
    ];

    [Fact]
    public void Every_promise_names_at_least_three_of_its_mutants() =>
        Findings.None(PromiseMutantRules.Promises(GuaranteeRow.Parse(Repository.Read("docs/guarantees.md")), All));

    [Fact]
    public void Every_mutant_fits_its_file_and_names_a_test() =>
        Findings.None(PromiseMutantRules.Unfit([.. All.Select(pair => pair.Mutant)], ReadOrNull, SourceFile.All.Where(file => file.IsTest)));

    [Fact]
    public void Canary_a_row_with_three_mutants_of_its_promise_is_accepted() => Assert.Empty(Promises(Row, "one", "two", "three"));

    [Theory]
    [InlineData("| It holds | [ATests](a.cs) |")]
    [InlineData("| It holds | [ATests](a.cs) | [holds](../tests/mutants/log.json): `one`, `two` |")]
    [InlineData("| It holds | [ATests](a.cs) | [holds](../tests/mutants/log.json): `one`, `two`, `two` |")]
    [InlineData("| It holds | [ATests](a.cs) | [holds](../tests/mutants/log.json): `one`, `two`, `three`, `unknown` |")]
    public void Canary_a_row_without_three_mutants_of_its_promise_is_caught(string row) => Assert.NotEmpty(Promises(row, "one", "two", "three"));

    [Fact]
    public void Canary_a_mutant_of_another_area_does_not_count() =>
        Assert.NotEmpty(Promises(Row.Replace("log.json", "fold.json", StringComparison.Ordinal), "one", "two", "three"));

    [Fact]
    public void Canary_a_key_of_two_rows_is_caught() => Assert.Single(Promises($"{Row}\n{Row}", "one", "two", "three"));

    [Theory]
    [InlineData("a", "b", "Mempulse.X.Tests.ATests", "a a", "'m' finds its text 2 times in f.cs: expected once.")]
    [InlineData("c", "b", "Mempulse.X.Tests.ATests", "a a", "'m' finds its text 0 times in f.cs: expected once.")]
    [InlineData("a", "b", "Mempulse.X.Tests.ATests", null, "'m' changes f.cs, which does not exist.")]
    [InlineData("a", "a", "Mempulse.X.Tests.ATests", "a", "'m' changes nothing.")]
    [InlineData("a", "b", "Mempulse.X.Tests.BTests", "a", "'m' names the test Mempulse.X.Tests.BTests; 'BTests' is in no test file.")]
    [InlineData("a", "b", "Mempulse.X.Tests.ATests.It_fails", "a", "'m' names the test Mempulse.X.Tests.ATests.It_fails; 'It_fails' is in no test file.")]
    public void Canary_a_mutant_that_does_not_fit_is_caught(string find, string replace, string test, string? text, string finding) =>
        Assert.Equal([finding], PromiseMutantRules.Unfit([Mutant("m", find, replace, test)], _ => text, [ATests]));

    [Fact]
    public void Canary_an_id_of_two_mutants_is_caught() =>
        Assert.Single(PromiseMutantRules.Unfit([Mutant("m"), Mutant("m")], _ => "a", [ATests]));

    private static SourceFile ATests => new("tests/ATests.cs", ["public sealed class ATests", "public void It_holds() => Nothing();"]);

    private static PromiseMutant Mutant(string id, string find = "a", string replace = "b", string test = "Mempulse.X.Tests.ATests.It_holds") =>
        new(id, "holds", "f.cs", find, replace, test);

    private static IEnumerable<string> Promises(string rows, params string[] ids) =>
        PromiseMutantRules.Promises(GuaranteeRow.Parse(rows), [.. ids.Select(id => ("log", Mutant(id)))]);

    private static string? ReadOrNull(string path) => File.Exists(Path.Combine(Repository.Root, path)) ? Repository.Read(path) : null;
}
