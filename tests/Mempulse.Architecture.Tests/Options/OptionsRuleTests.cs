using Mempulse.Architecture.Tests.Projects;
using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Options;

/// <summary>Invalid options stop the start, whatever class they are in.</summary>
public sealed class OptionsRuleTests
{
    [Fact]
    public void Every_class_of_options_is_sealed_bounded_and_checked()
    {
        var assemblies = Project.Shipped.Select(Assemblies.Read).ToList();

        var findings = OptionsRule.Findings(assemblies).ToList();
        assemblies.ForEach(assembly => assembly.Dispose());

        Findings.None(findings);
    }

    [Fact]
    public void Canary_open_unbounded_and_unchecked_options_are_caught()
    {
        using var own = AssemblyDefinition.ReadAssembly(typeof(OptionsRuleTests).Assembly.Location);

        var findings = OptionsRule.Findings([own]).Where(finding => finding.Contains("Canaries", StringComparison.Ordinal)).Order().ToList();

        Assert.Equal(
            [
                "Mempulse.Architecture.Tests.Options.Canaries.LooseOptions is not checked: nothing calls its Validate(), and no host registers it with AddCheckedOptions.",
                "Mempulse.Architecture.Tests.Options.Canaries.LooseOptions is not sealed.",
                "Mempulse.Architecture.Tests.Options.Canaries.LooseOptions.Count has no [Range], and Validate() does not read it.",
                "Mempulse.Architecture.Tests.Options.Canaries.LooseOptions.Pause has no [Range], and Validate() does not read it.",
            ],
            findings);
    }
}
