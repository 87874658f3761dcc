namespace Mempulse.Cli.Descriptors;

/// <summary>What an import leaves out.</summary>
/// <param name="File">The descriptor.</param>
/// <param name="Entry">The function or the contract.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedEntry(string File, string Entry, string Reason);
