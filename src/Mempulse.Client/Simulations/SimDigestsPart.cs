namespace Mempulse.Client.Simulations;

/// <summary>Digests of a simulation.</summary>
/// <param name="Logs">Over all logs.</param>
/// <param name="Trace">Of the trace.</param>
/// <param name="Witness">Of the witness.</param>
/// <param name="Steps">Of the trace of instructions; null when none is stored.</param>
public sealed record SimDigestsPart(string Logs, string Trace, string Witness, string? Steps);
