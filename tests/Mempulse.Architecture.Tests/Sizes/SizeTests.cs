using Mempulse.Architecture.Tests.Sources;

namespace Mempulse.Architecture.Tests.Sizes;

/// <summary>No type and no method is longer than a reader can hold in mind.</summary>
public sealed class SizeTests
{
    [Fact]
    public void No_type_is_over_the_limit() => Findings.None(Unexpected(SizeRules.LongTypes(SyntaxFile.Production), AllowedOversizes.Types));

    [Fact]
    public void No_method_is_over_the_limit() => Findings.None(Unexpected(SizeRules.LongMethods(SyntaxFile.Production), AllowedOversizes.Methods));

    [Fact]
    public void Every_exception_is_needed_and_has_a_reason()
    {
        string[] found = [.. SizeRules.LongTypes(SyntaxFile.Production).Concat(SizeRules.LongMethods(SyntaxFile.Production)).Select(oversize => oversize.Name)];

        Assert.All(AllowedOversizes.Types.Concat(AllowedOversizes.Methods), allowance =>
        {
            Assert.True(allowance.Reason.Length > 20, $"{allowance.Name} states no reason.");
            Assert.True(found.Contains(allowance.Name), $"{allowance.Name} is within its limit: remove it from {nameof(AllowedOversizes)}.");
        });
    }

    [Fact]
    public void Canary_a_type_too_long_over_its_partials_is_caught()
    {
        // Declaration and braces add three lines.
        var first = Type("src/A.cs", "public sealed partial class A", 297);

        Assert.Equal([new Oversize("N.A", 451)], SizeRules.LongTypes([first, Type("src/A.Log.cs", "partial class A", 148)]));
        Assert.Empty(SizeRules.LongTypes([first, Type("src/A.Log.cs", "partial class A", 147)]));
        Assert.Empty(SizeRules.LongTypes([first, Type("src/B.cs", "public sealed class B", 148)]));
    }

    [Fact]
    public void Canary_only_the_cases_of_a_closed_hierarchy_are_left_out()
    {
        string nested = "internal sealed class C : A\n{\n" + new string('\n', 450) + "}\n";

        Assert.Empty(SizeRules.LongTypes([Of("src/A.cs", "internal abstract class A\n{\n" + nested + "}")]));
        Assert.Single(SizeRules.LongTypes([Of("src/A.cs", "internal sealed class A\n{\n" + nested + "}")]));

        var ofBranch = Of("src/A.cs", "internal abstract class A\n{\n" + nested.Replace(": A", ": B", StringComparison.Ordinal) + "}");
        Assert.Empty(SizeRules.LongTypes([ofBranch, Of("src/B.cs", "internal abstract class B : A;")]));
        Assert.Single(SizeRules.LongTypes([ofBranch, Of("src/B.cs", "internal abstract class B;")]));
    }

    [Theory]
    [InlineData("void M()", "A.M")]
    [InlineData("A()", "A.ConstructorDeclaration")]
    [InlineData("int P { get", "A.GetAccessorDeclaration")]
    public void Canary_a_long_method_is_caught(string head, string name)
    {
        string end = head.Contains('{', StringComparison.Ordinal) ? "}" : string.Empty;

        Assert.Equal([new Oversize(name, 41)], SizeRules.LongMethods([Method(head, 41, end)]));
        Assert.Empty(SizeRules.LongMethods([Method(head, 40, end)]));
    }

    private static IEnumerable<string> Unexpected(IEnumerable<Oversize> found, IReadOnlyList<AllowedOversizes.Allowance> allowed) => found
        .Where(oversize => !allowed.Any(allowance => allowance.Name == oversize.Name))
        .Select(oversize => $"{oversize.Name} has {oversize.Lines} lines.");

    private static SyntaxFile Type(string path, string head, int lines) => Of(path, head + "\n{\n" + new string('\n', lines) + "}");

    private static SyntaxFile Method(string head, int lines, string end) =>
        Of("src/A.cs", "class A\n{\n" + head + "\n{\n" + new string('\n', lines) + "}" + end + "\n}");

    private static SyntaxFile Of(string path, string code) => SyntaxFile.Of(SourceFile.Of(path, "namespace N;\n" + code));
}
