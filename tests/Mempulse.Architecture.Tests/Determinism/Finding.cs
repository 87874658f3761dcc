namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>Something in an L0 assembly that may give another result in another run.</summary>
/// <param name="Rule">Which rule it breaks.</param>
/// <param name="Member">The full name of the type, and the member where there is one.</param>
/// <param name="Detail">What was found.</param>
internal sealed record Finding(string Rule, string Member, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Member}: {Detail}";
}
