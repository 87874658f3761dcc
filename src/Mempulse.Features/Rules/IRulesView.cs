namespace Mempulse.Features.Rules;

/// <summary>The rules that hold after the last applied fact.</summary>
public interface IRulesView
{
    /// <summary>The registry; null before the log states one.</summary>
    RulesInForce? Registry { get; }
}
