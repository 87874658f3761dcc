namespace Mempulse.Mutation;

/// <summary>A promise mutant and what became of it.</summary>
internal sealed record PromiseResult(string Area, PromiseMutant Mutant, Verdict Verdict)
{
    /// <summary>Whether it was killed, or survived with a reason.</summary>
    public bool IsExpected => Verdict == Verdict.Killed || (Verdict == Verdict.Survived && Mutant.Survives is not null);
}
