using Mempulse.Architecture.Tests.Projects;
using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Clocks;

/// <summary>Above L0, which uses no clock, every wait is on a clock that a test can control.</summary>
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
    public void Canary_every_wait_on_the_system_clock_is_caught()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(GetType().Assembly.Location);

        var found = ClockScan.Scan(assembly.MainModule.GetType(typeof(Canaries.OnSystemClock).FullName));

        Assert.Equal(5, found.Count());
    }

    [Fact]
    public void Canary_waits_on_a_TimeProvider_or_without_a_timeout_are_not_caught()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(GetType().Assembly.Location);

        Assert.Empty(ClockScan.Scan(assembly.MainModule.GetType(typeof(Canaries.OnTimeProvider).FullName)));
    }
}
