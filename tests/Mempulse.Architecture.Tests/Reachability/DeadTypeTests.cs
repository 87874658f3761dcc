using Mempulse.Architecture.Tests.Sources;
using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>A type that only tests reach is dead code.</summary>
public sealed class DeadTypeTests
{
    private const string CanaryPath = "tests/Mempulse.Architecture.Tests/Reachability/Canaries/Canaries.cs";
    private const string CanaryNamespace = "Mempulse.Architecture.Tests.Reachability.Canaries";

    [Fact]
    public void Every_shipped_type_is_reached_from_an_entry_point() =>
        Findings.None(DeadTypes.InProduction(UnreachedTypes.All.Select(allowance => allowance.TypeName))
            .Select(name => $"{name} is not used by production code: delete it, move it to the tests, or give a reason in {nameof(UnreachedTypes)}."));

    [Fact]
    public void Every_allowed_dead_type_is_unreached_and_has_a_reason()
    {
        var dead = DeadTypes.InProduction(kept: []);

        Assert.All(UnreachedTypes.All, allowance =>
        {
            Assert.True(allowance.Reason.Length > 20, $"{allowance.TypeName} states no reason.");
            Assert.True(dead.Contains(allowance.TypeName), $"{allowance.TypeName} does not exist or is used: remove it from {nameof(UnreachedTypes)}.");
        });
    }

    [Fact]
    public void Canary_only_unreachable_types_are_caught()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(GetType().Assembly.Location);
        var graph = new TypeGraph([assembly.MainModule], type => type.Namespace == CanaryNamespace);
        var source = SourceFile.Of(CanaryPath, Repository.Read(CanaryPath));

        var dead = DeadTypes.Of(graph, [graph.Types[$"{CanaryNamespace}.{nameof(Canaries.EntryPoint)}"]], [source]);

        Assert.Equal(
            ["Dead", "DeadConverter", "DeadGrain", "DeadHierarchy", "DeadHierarchy/Case", "UsedByDead"],
            dead.Select(name => name[(CanaryNamespace.Length + 1)..]));
    }

    [Fact]
    public void Canary_constants_that_no_reached_file_mentions_are_caught()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(GetType().Assembly.Location);
        var graph = new TypeGraph([assembly.MainModule], type => type.Namespace == CanaryNamespace);

        var dead = DeadTypes.Of(graph, [graph.Types[$"{CanaryNamespace}.{nameof(Canaries.EntryPoint)}"]], sources: []);

        Assert.Contains($"{CanaryNamespace}.{nameof(Canaries.Limits)}", dead);
    }

    [Fact]
    public void Programs_and_grains_are_reached()
    {
        var dead = DeadTypes.InProduction(kept: []);

        Assert.DoesNotContain(dead, name => name.StartsWith("Mempulse.Cli.", StringComparison.Ordinal) || name.StartsWith("Mempulse.Node.", StringComparison.Ordinal));
        Assert.DoesNotContain("Mempulse.Grains.Mempool.MempoolGrain", dead);
    }
}
