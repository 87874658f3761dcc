namespace Mempulse.Primitives.Events;

/// <summary>A part of the rules that comes from a file. The number is on disk.</summary>
public enum RuleSet
{
    /// <summary>Not a part; never written.</summary>
    None = 0,

    /// <summary>What contracts, functions and commands mean: docs/formats/registry.md.</summary>
    Registry = 1,

    /// <summary>Which strategies run: docs/strategies.md.</summary>
    Strategies = 2,

    /// <summary>How opportunities are scored, and how many are simulated: docs/strategies.md.</summary>
    Scoring = 3,
}
