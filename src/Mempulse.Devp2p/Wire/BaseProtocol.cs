namespace Mempulse.Devp2p.Wire;

/// <summary>Message ids of the base protocol, which every connection has.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#p2p-capability"/>.</remarks>
internal static class BaseProtocol
{
    public const int Hello = 0x00;
    public const int Disconnect = 0x01;
    public const int Ping = 0x02;
    public const int Pong = 0x03;

    /// <summary>Ids that are reserved; the first subprotocol starts here.</summary>
    public const int MessageCount = 0x10;

    /// <summary>Longest message before both sides have said who they are.</summary>
    public const int MaxHelloBytes = 2048;

    /// <summary>The empty list: payload of ping and pong.</summary>
    public static ReadOnlyMemory<byte> Empty { get; } = new byte[] { 0xc0 };
}
