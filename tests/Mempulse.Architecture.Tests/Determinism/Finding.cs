namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>Code in an L0 assembly that may give different results in different runs.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Member">The full name of the type, and the member if there is one.</param>
/// <param name="Detail">What was found.</param>
internal sealed record Finding(string Rule, string Member, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Member}: {Detail}";
}
