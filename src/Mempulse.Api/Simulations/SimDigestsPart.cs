namespace Mempulse.Api.Simulations;

/// <summary>Digests of a simulation.</summary>
/// <param name="Logs">Over all logs.</param>
/// <param name="Trace">Of the trace.</param>
/// <param name="Witness">Of the witness.</param>
public sealed record SimDigestsPart(string Logs, string Trace, string Witness);
