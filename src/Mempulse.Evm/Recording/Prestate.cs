namespace Mempulse.Evm.Recording;

/// <summary>The state that a transaction accessed, with the content of geth's prestateTracer.</summary>
/// <param name="Accounts">The accessed accounts, by ascending address.</param>
public sealed record Prestate(IReadOnlyList<TouchedAccount> Accounts);
