using Mempulse.Architecture.Tests.Projects;
using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>L0 is a pure function: nothing in its IL depends on the run, the machine, the culture or the order of a hash table.</summary>
public sealed class DeterminismScanTests
{
    public static TheoryData<string> DeterministicProjects =>
        [.. Project.Shipped.Where(project => project.Layer == "Deterministic").Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(DeterministicProjects))]
    public void L0_is_deterministic(string name)
    {
        var findings = FindingsIn(name).Where(finding => !AllowedFindings.All.Any(allowance => allowance.Covers(finding)));

        Findings.None(findings.Select(finding => finding.ToString()).Distinct());
    }

    [Fact]
    public void Primitives_Ethereum_and_Replay_are_of_L0() =>
        Assert.Superset(new HashSet<string> { "Mempulse.Primitives", "Mempulse.Ethereum", "Mempulse.Replay" }, DeterministicProjects.Select(row => row.Data).ToHashSet());

    [Fact]
    public void Every_exception_is_needed_and_has_a_reason()
    {
        var findings = DeterministicProjects.SelectMany(row => FindingsIn(row.Data)).ToArray();

        Assert.All(AllowedFindings.All, allowance =>
        {
            Assert.True(allowance.Reason.Length > 20, $"{allowance.TypeName} states no reason.");
            Assert.Contains(findings, allowance.Covers);
        });
    }

    [Fact]
    public void Canary_every_case_is_caught_under_its_rule()
    {
        var canaries = Canaries().ToArray();

        foreach (var canary in canaries)
        {
            string expected = Expectation(canary)!;
            var rules = DeterminismScan.Scan(canary).Select(finding => finding.Rule).ToHashSet();
            Assert.True(rules.Contains(expected), $"{canary.Name} must be caught as {expected}; found: {string.Join(", ", rules)}.");
        }

        Assert.Equal(Rule.All.Order(), canaries.Select(Expectation).Distinct().Order());
    }

    [Fact]
    public void Canary_what_is_allowed_is_not_caught()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(GetType().Assembly.Location);

        Assert.Empty(DeterminismScan.Scan(assembly.MainModule.GetType(typeof(Canaries.Harmless).FullName)));
    }

    private static List<Finding> FindingsIn(string name)
    {
        using var assembly = Assemblies.Read(Project.Shipped.Single(project => project.Name == name));
        return [.. assembly.MainModule.Types.Where(IsOurs).SelectMany(DeterminismScan.Scan)];
    }

    /// <summary>The compiler embeds its own attributes and inline-array helpers.</summary>
    private static bool IsOurs(TypeDefinition type) => type.Namespace.StartsWith("Mempulse", StringComparison.Ordinal);

    private IEnumerable<TypeDefinition> Canaries()
    {
        var assembly = AssemblyDefinition.ReadAssembly(GetType().Assembly.Location);
        return assembly.MainModule.Types.Where(type => Expectation(type) is not null);
    }

    private static string? Expectation(TypeDefinition type) => type.CustomAttributes
        .SingleOrDefault(attribute => attribute.AttributeType.Name == nameof(Determinism.Canaries.CaughtAsAttribute))?.ConstructorArguments[0].Value as string;
}
