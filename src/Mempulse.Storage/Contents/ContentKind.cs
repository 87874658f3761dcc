namespace Mempulse.Storage.Contents;

/// <summary>What a stored content is; the numbers stand in files and do not change.</summary>
public enum ContentKind
{
    /// <summary>None; never written.</summary>
    None = 0,

    /// <summary>What a simulation depended on (docs/formats/witness.md).</summary>
    Witness = 1,

    /// <summary>The call trees of a simulation, as JSON.</summary>
    Trace = 2,

    /// <summary>The instructions of a simulation, as lines of JSON (EIP-3155).</summary>
    Steps = 3,
}
