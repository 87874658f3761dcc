namespace Mempulse.Primitives.Events;

/// <summary>Why a source can no longer be heard. The number is on disk.</summary>
public enum SourceLossReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The connection could not be made.</summary>
    ConnectFailed = 1,

    /// <summary>The other side or the network closed it.</summary>
    Closed = 2,

    /// <summary>Nothing arrived for longer than the limit.</summary>
    Silent = 3,

    /// <summary>It serves another chain.</summary>
    WrongChain = 4,

    /// <summary>What it sent is not the protocol.</summary>
    ProtocolViolation = 5,

    /// <summary>We stopped.</summary>
    Shutdown = 6,

    /// <summary>It has nothing more to say: the end of a capture.</summary>
    Completed = 7,
}
