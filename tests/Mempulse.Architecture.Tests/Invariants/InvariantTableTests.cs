using Mempulse.Architecture.Tests.Sources;

namespace Mempulse.Architecture.Tests.Invariants;

/// <summary>docs/invariants.md lists every invariant that the code checks, and no other.</summary>
public sealed class InvariantTableTests
{
    [Fact]
    public void Every_invariant_has_its_row_and_every_row_its_check() =>
        Findings.None(InvariantTable.Differences(SourceFile.All.Where(file => file.IsShipped), Repository.Read("docs/invariants.md")));

    [Fact]
    public void Every_row_names_tests_that_exist() =>
        Findings.None(InvariantTable.UnknownTests(SourceFile.All.Where(file => file.IsTest), Repository.Read("docs/invariants.md")));

    [Fact]
    public void Canary_a_row_without_a_test_and_a_missing_test_are_caught()
    {
        var tests = SourceFile.Of("tests/A.cs", "class ATests { void It_holds() { } }");

        var unknown = InvariantTable.UnknownTests([tests], "| INV-01 | one | `x` | by hand |\n| INV-02 | two | `x` | `ATests.It_holds`, `ATests.It_fell` |\n");

        Assert.Equal(["INV-01 names no test.", "INV-02 names It_fell, which is in no test file."], unknown);
    }

    [Fact]
    public void Canary_missing_unused_and_duplicate_rows_are_caught()
    {
        var code = SourceFile.Of("src/A.cs", "Invariant.That(x, \"INV-01\", \"\");\nInvariant.That(y, \"INV-02\", \"\");");

        var differences = InvariantTable.Differences([code], "| INV-02 | two |\n| INV-03 | three |\n| INV-02 | again |\n");

        Assert.Equal(["INV-01 is cited in src/A.cs and has no row.", "INV-03 has a row and no check.", "INV-02 has 2 rows."], differences);
    }
}
