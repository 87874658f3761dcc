namespace Mempulse.Evm.Recording;

/// <summary>What a transaction looked at, as geth's prestateTracer has it.</summary>
/// <param name="Accounts">By rising address.</param>
public sealed record Prestate(IReadOnlyList<TouchedAccount> Accounts);
