namespace Mempulse.Benchmarks.Evm;

/// <summary>An input of a precompile.</summary>
/// <param name="Number">The precompile's address.</param>
/// <param name="Precompile">Its name.</param>
/// <param name="Name">Description of the input.</param>
/// <param name="Input">Its bytes.</param>
internal sealed record PrecompileCase(int Number, string Precompile, string Name, byte[] Input);
