using Mempulse.Ethereum.Rlp;

namespace Mempulse.Devp2p.Wire;

/// <summary>The payload of a disconnect: an RLP list with the reason.</summary>
internal static class DisconnectMessage
{
    private const byte ShortList = 0xc0;
    private const byte EmptyString = 0x80;

    public static byte[] Encode(DisconnectReason reason) => [ShortList + 1, reason == DisconnectReason.Requested ? EmptyString : (byte)reason];

    /// <summary>Decodes the reason, also in the forms that some clients send: without the list, or missing.</summary>
    public static DisconnectReason Decode(ReadOnlySpan<byte> payload)
    {
        var reader = new RlpReader(payload);
        if (reader.IsNextList)
        {
            reader.EnterList();
        }

        ulong number = reader.HasMore ? reader.ReadUInt64() : 0;
        var reason = number <= byte.MaxValue ? (DisconnectReason)number : DisconnectReason.Unknown;
        return reader.Failed || !Enum.IsDefined(reason) ? DisconnectReason.Unknown : reason;
    }
}
