namespace Mempulse.Evm.Recording;

/// <summary>What a recorder keeps beside the tree of calls, which it always keeps.</summary>
[Flags]
public enum TraceParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A digest over every instruction: <see cref="RunRecorder.StepDigest"/>.</summary>
    StepDigest = 1,

    /// <summary>The accounts the transaction looks at, as they were: <see cref="RunRecorder.Prestate"/>.</summary>
    Prestate = 2,
}
