namespace Mempulse.Architecture.Tests.Determinism.Canaries;

/// <summary>Says under which rule the scan must catch a canary.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CaughtAsAttribute(string rule) : Attribute
{
    /// <summary>The rule.</summary>
    public string Rule { get; } = rule;
}
