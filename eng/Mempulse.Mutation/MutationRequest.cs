namespace Mempulse.Mutation;

/// <summary>What a run of mutants was asked to do.</summary>
/// <param name="Areas">Names of areas; empty means all.</param>
/// <param name="Only">Ids of promise mutants; empty means all of the areas.</param>
/// <param name="Files">Globs of files for generic mutants; empty means all of the areas' projects.</param>
/// <param name="Sample">How many members of a project there are for each whose generic mutants run; 1 means all.</param>
/// <param name="Survivors">Whether only the promise mutants run that were not killed when they were last tried.</param>
/// <param name="Promises">Whether promise mutants run.</param>
/// <param name="Generic">Whether generic mutants run.</param>
/// <param name="Fresh">Whether verdicts of earlier runs are ignored.</param>
internal sealed record MutationRequest(
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Only,
    IReadOnlyList<string> Files,
    int Sample,
    bool Survivors,
    bool Promises,
    bool Generic,
    bool Fresh);
