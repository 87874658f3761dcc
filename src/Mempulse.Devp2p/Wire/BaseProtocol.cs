namespace Mempulse.Devp2p.Wire;

/// <summary>Message ids of the base protocol ("p2p" capability) of every connection.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#p2p-capability"/>.</remarks>
internal static class BaseProtocol
{
    public const int Hello = 0x00;
    public const int Disconnect = 0x01;
    public const int Ping = 0x02;
    public const int Pong = 0x03;

    /// <summary>Number of reserved ids; the first subprotocol starts at this offset.</summary>
    public const int MessageCount = 0x10;

    /// <summary>Longest message accepted while a session opens: hello and status.</summary>
    public const int MaxHelloBytes = 2048;

    /// <summary>The empty RLP list: the payload of ping and pong.</summary>
    public static ReadOnlyMemory<byte> Empty { get; } = new byte[] { 0xc0 };
}
