namespace Mempulse.Mutation;

/// <summary>A mutant that can be put into a test bed.</summary>
/// <param name="Source">The changed file's text.</param>
/// <param name="AssemblyName">The file name of the assembly it changes; null for a file that is not compiled.</param>
/// <param name="Assembly">The assembly's bytes.</param>
internal sealed record BuiltMutant(string Source, string? AssemblyName, ReadOnlyMemory<byte> Assembly);
