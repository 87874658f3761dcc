namespace Mempulse.Benchmarks.Evm;

/// <summary>An input of a precompile.</summary>
/// <param name="Number">The precompile's address.</param>
/// <param name="Precompile">Its name.</param>
/// <param name="Name">What the input is.</param>
/// <param name="Input">Its bytes.</param>
internal sealed record PrecompileCase(int Number, string Precompile, string Name, byte[] Input);
