namespace Mempulse.Mutation;

/// <summary>What became of a mutant.</summary>
internal enum Verdict
{
    /// <summary>The test failed, or did not end in time.</summary>
    Killed,

    /// <summary>The test passed.</summary>
    Survived,

    /// <summary>The mutant does not compile or does not fit its file.</summary>
    Unbuildable,

    /// <summary>The test does not exist.</summary>
    NoSuchTest,

    /// <summary>The test fails without the mutant, too.</summary>
    FailsUnchanged,
}
