namespace Mempulse.Primitives.Records;

/// <summary>What a record says. A number is never reused and never changes its meaning; a breaking change of a payload is a new kind.</summary>
/// <remarks>Reserved: 48 to 63 opportunities, 64 and 67 to 79 simulations, 80 to 95 bundles and relays.</remarks>
public enum EventKind
{
    /// <summary>No kind; never written.</summary>
    None = 0,

    /// <summary>A source showed a transaction hash or body.</summary>
    TxSeen = 1,

    /// <summary>A transaction's body was decoded and its sender recovered.</summary>
    TxDecoded = 2,

    /// <summary>Ingest did not process transactions.</summary>
    TxIngestDropped = 3,

    /// <summary>Ingest did not process a block.</summary>
    BlockIngestDropped = 4,

    /// <summary>A source can be heard.</summary>
    SourceConnected = 5,

    /// <summary>A source can no longer be heard.</summary>
    SourceLost = 6,

    /// <summary>A peer can be heard.</summary>
    PeerConnected = 7,

    /// <summary>A peer can no longer be heard.</summary>
    PeerLost = 8,

    /// <summary>A block joined the canonical chain.</summary>
    BlockObserved = 16,

    /// <summary>The canonical chain left blocks it had.</summary>
    ReorgDetected = 17,

    /// <summary>Blocks passed that nobody here saw.</summary>
    ChainGap = 18,

    /// <summary>A node told an account's next nonce.</summary>
    AccountNonceObserved = 19,

    /// <summary>A transaction moved between seen, pending and queued.</summary>
    TxStateChanged = 32,

    /// <summary>Another transaction took the place of one.</summary>
    TxReplaced = 33,

    /// <summary>A canonical block includes a transaction.</summary>
    TxIncluded = 34,

    /// <summary>A reorg took a transaction out of the chain again.</summary>
    TxReopened = 35,

    /// <summary>An inclusion is final.</summary>
    TxConfirmed = 36,

    /// <summary>A transaction waited longer than the fold keeps it.</summary>
    TxExpired = 37,

    /// <summary>A bundle was simulated.</summary>
    SimCompleted = 65,

    /// <summary>The base block of a simulation left the canonical chain, or came back.</summary>
    SimBaseMoved = 66,

    /// <summary>A writer opened the log.</summary>
    EpochStarted = 112,

    /// <summary>The fold saved its state.</summary>
    CheckpointTaken = 113,
}
