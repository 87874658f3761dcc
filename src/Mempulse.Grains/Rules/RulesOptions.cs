using System.ComponentModel.DataAnnotations;
using Mempulse.Features.Registry;
using Mempulse.Features.Strategies;
using Mempulse.Folding;
using Mempulse.Storage.Rules;

namespace Mempulse.Grains.Rules;

/// <summary>Options of the rules that a silo puts into its logs: the section Mempulse:Rules.</summary>
public sealed class RulesOptions : IValidatableObject
{
    /// <summary>Soon enough to try an entry out, and seldom enough to cost nothing.</summary>
    public static readonly TimeSpan DefaultReloadInterval = TimeSpan.FromSeconds(2);

    /// <summary>The registry file. Default: the shipped one in a node; without one, transactions have no meaning.</summary>
    public string? Registry { get; set; }

    /// <summary>The time between two looks at the file; a change is in force after the next one. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan ReloadInterval { get; set; } = DefaultReloadInterval;

    /// <summary>The strategies that run, in their order, with semicolons between them: ids, or types as <c>Namespace.Type, Assembly</c>. Default: all of the shipped ones.</summary>
    public string? Strategies { get; set; }

    /// <summary>The names in <see cref="Strategies"/>.</summary>
    internal IReadOnlyList<string> StrategyNames => Strategies?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Registry is { } path && Problem(path) is { } problem)
        {
            yield return new ValidationResult(problem, [nameof(Registry)]);
        }

        if (ProblemOfStrategies() is { } missing)
        {
            yield return new ValidationResult(missing, [nameof(Strategies)]);
        }
    }

    private string? ProblemOfStrategies()
    {
        try
        {
            StrategyChoice.Find(StrategyNames, ProgramStrategies.Instance);
            return null;
        }
        catch (FormatException failure)
        {
            return failure.Message;
        }
    }

    private static string? Problem(string path)
    {
        try
        {
            RegistryFile.Read(path);
            return null;
        }
        catch (Exception failure) when (failure is RegistryException or IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }
}
