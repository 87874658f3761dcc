namespace Mempulse.Storage.Contents;

/// <summary>The kind of a stored content; the numbers are part of the file format and never change.</summary>
public enum ContentKind
{
    /// <summary>Not a kind; never written.</summary>
    None = 0,

    /// <summary>Everything a simulation depended on (docs/formats/witness.md).</summary>
    Witness = 1,

    /// <summary>The call trees of a simulation, as JSON.</summary>
    Trace = 2,

    /// <summary>The instructions of a simulation, as lines of JSON (EIP-3155).</summary>
    Steps = 3,

    /// <summary>Rules that a log states, such as the registry.</summary>
    Rules = 4,

    /// <summary>The transactions of a bundle (docs/formats/bundle.md). Private.</summary>
    Bundle = 5,

    /// <summary>Everything that an examination of a block depended on (docs/formats/competition-witness.md). Private: it has the transactions of the bundle.</summary>
    Competition = 6,

    /// <summary>The code of a contract, which witnesses name.</summary>
    Code = 7,
}
