namespace Mempulse.Client.Simulations;

/// <summary>A log.</summary>
/// <param name="Address">The contract that emitted it.</param>
/// <param name="Topics">Its topics.</param>
/// <param name="Data">Its data, in hex.</param>
public sealed record SimLogPart(string Address, IReadOnlyList<string> Topics, string Data);
