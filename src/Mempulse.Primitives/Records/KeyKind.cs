namespace Mempulse.Primitives.Records;

/// <summary>A kind of key that a record can be found by. The value is the bit in the record header and never changes.</summary>
public enum KeyKind
{
    /// <summary>A transaction hash.</summary>
    Tx = 0,

    /// <summary>A block hash.</summary>
    Block = 1,

    /// <summary>An account, as 20 bytes in the record and left-padded to 32 in an index.</summary>
    Sender = 2,

    /// <summary>An opportunity id.</summary>
    Opp = 3,

    /// <summary>A simulation id.</summary>
    Sim = 4,

    /// <summary>A bundle id.</summary>
    Bundle = 5,

    /// <summary>A peer, by the Keccak-256 of its public key.</summary>
    Peer = 6,
}
