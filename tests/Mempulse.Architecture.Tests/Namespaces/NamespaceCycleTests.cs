using System.Reflection;
using Mempulse.Architecture.Tests.Projects;

namespace Mempulse.Architecture.Tests.Namespaces;

/// <summary>The namespaces of an assembly have no cycles.</summary>
public sealed class NamespaceCycleTests
{
    public static TheoryData<string> Projects => [.. Project.Shipped.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_are_free_of_cycles(string name)
    {
        var project = Project.Shipped.Single(candidate => candidate.Name == name);

        var cycles = new NamespaceGraph(Assembly.LoadFrom(Assemblies.PathOf(project)), name).Cycles();

        Findings.None(cycles);
    }

    [Fact]
    public void The_graph_of_Primitives_is_not_empty() =>
        Assert.True(new NamespaceGraph(Assembly.LoadFrom(Assemblies.PathOf(Project.Shipped.Single(project => project.Name == "Mempulse.Primitives"))), "Mempulse.Primitives").Count >= 3);

    [Fact]
    public void Canary_a_cycle_over_two_namespaces_is_caught()
    {
        var cycles = new NamespaceGraph(GetType().Assembly, "Mempulse.Architecture.Tests.Namespaces.Canary").Cycles();

        Assert.Equal(
            [
                "Mempulse.Architecture.Tests.Namespaces.Canary.Left -> Mempulse.Architecture.Tests.Namespaces.Canary.Right is part of a cycle (Ping uses Pong).",
                "Mempulse.Architecture.Tests.Namespaces.Canary.Right -> Mempulse.Architecture.Tests.Namespaces.Canary.Left is part of a cycle (Pong uses Ping).",
            ],
            cycles);
    }
}
