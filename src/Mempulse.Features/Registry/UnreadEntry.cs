namespace Mempulse.Features.Registry;

/// <summary>An entry of a registry file that is never consulted.</summary>
/// <param name="Part">The part of the file: "abi", "commandTable", "contract", "pool" or "selector".</param>
/// <param name="Name">The entry.</param>
/// <param name="Reason">Why it is never consulted.</param>
public sealed record UnreadEntry(string Part, string Name, string Reason);
