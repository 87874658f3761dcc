namespace Mempulse.Mutation;

/// <summary>A generic mutant that was tried.</summary>
/// <param name="Folder">The folder of its file, from the project's; a dot for the project's own.</param>
/// <param name="IsKilled">Whether a test noticed it, by failing or by not ending in time.</param>
/// <param name="Change">File and line, and what was changed to what.</param>
internal sealed record GenericMutant(string Folder, bool IsKilled, string Change);
