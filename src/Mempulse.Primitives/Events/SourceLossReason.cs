namespace Mempulse.Primitives.Events;

/// <summary>Why a source is no longer connected. The number is on disk.</summary>
public enum SourceLossReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The connection failed.</summary>
    ConnectFailed = 1,

    /// <summary>The other side or the network closed it.</summary>
    Closed = 2,

    /// <summary>Nothing arrived for longer than the limit.</summary>
    Silent = 3,

    /// <summary>It serves another chain.</summary>
    WrongChain = 4,

    /// <summary>It violated the protocol.</summary>
    ProtocolViolation = 5,

    /// <summary>This process was stopped.</summary>
    Shutdown = 6,

    /// <summary>The end of a capture.</summary>
    Completed = 7,

    /// <summary>It does not offer a call that is needed, or refuses it to us.</summary>
    Refused = 8,

    /// <summary>This process ended without stopping, as by kill -9 or a power failure.</summary>
    Crashed = 9,
}
