using Mempulse.Architecture.Tests.Projects;
using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Clocks;

/// <summary>Above L0, which has no clock at all, every wait is on a clock that a test can move.</summary>
public sealed class ClockScanTests
{
    public static TheoryData<string> Projects =>
        [.. Project.Shipped.Where(project => project.Layer != "Deterministic").Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_wait_takes_a_time_provider(string name)
    {
        using var assembly = Assemblies.Read(Project.Shipped.Single(project => project.Name == name));

        Findings.None(assembly.MainModule.Types.Where(type => !type.Namespace.StartsWith("OrleansCodeGen", StringComparison.Ordinal)).SelectMany(ClockScan.Scan));
    }

    [Fact]
    public void Canary_every_wait_on_the_machines_time_is_caught()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(GetType().Assembly.Location);

        var found = ClockScan.Scan(assembly.MainModule.GetType(typeof(Canaries.OnMachineTime).FullName));

        Assert.Equal(5, found.Count());
    }

    [Fact]
    public void Canary_waits_on_a_given_clock_or_without_end_are_not_caught()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(GetType().Assembly.Location);

        Assert.Empty(ClockScan.Scan(assembly.MainModule.GetType(typeof(Canaries.OnGivenTime).FullName)));
    }
}
