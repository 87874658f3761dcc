namespace Mempulse.Evm.Recording;

/// <summary>The parts that a recorder keeps in addition to the call tree.</summary>
[Flags]
public enum TraceParts
{
    /// <summary>Only the call tree.</summary>
    None = 0,

    /// <summary>A digest over every instruction: <see cref="RunRecorder.StepDigest"/>.</summary>
    StepDigest = 1,

    /// <summary>The accessed accounts, before and after: <see cref="RunRecorder.Prestate"/>.</summary>
    Prestate = 2,
}
