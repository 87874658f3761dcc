using System.Text;
using Mempulse.Devp2p.Keys;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Wire;

/// <summary>The hello: the first message of both sides, with client name, capabilities and node id.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#hello-0x00"/>; additional list items are ignored (EIP-8).</remarks>
internal sealed record HelloMessage(ulong BaseVersion, string ClientName, IReadOnlyList<Capability> Capabilities, ulong ListenPort, NodeId Id)
{
    /// <summary>Version of the base protocol since which every message after the hello is compressed (EIP-706).</summary>
    public const ulong SnappyVersion = 5;

    /// <summary>Maximum number of capabilities; real clients offer far fewer.</summary>
    private const int MaxCapabilities = 64;
    private const int MaxNameBytes = 8;
    private const int MaxClientNameBytes = 256;

    public byte[] Encode()
    {
        var output = new ByteBuffer(256);
        var writer = new RlpWriter(output);
        int list = writer.BeginList();
        writer.Write(BaseVersion);
        writer.Write(Encoding.UTF8.GetBytes(ClientName));
        int offers = writer.BeginList();
        foreach (var capability in Capabilities)
        {
            int offer = writer.BeginList();
            writer.Write(Encoding.ASCII.GetBytes(capability.Name));
            writer.Write(capability.Version);
            writer.EndList(offer);
        }

        writer.EndList(offers);
        writer.Write(ListenPort);
        writer.Write(Id.ToArray());
        writer.EndList(list);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Decodes the payload of a hello; false for any other bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out HelloMessage? hello)
    {
        hello = null;
        var reader = new RlpReader(payload);
        reader.EnterList();
        ulong version = reader.ReadUInt64();
        var name = reader.ReadString();
        var capabilities = ReadCapabilities(ref reader);
        ulong port = reader.ReadUInt64();
        var id = reader.ReadFixed(NodeId.Size);
        if (reader.Failed || name.Length > MaxClientNameBytes)
        {
            return false;
        }

        hello = new HelloMessage(version, Printable(name), capabilities, port, new NodeId(id));
        return true;
    }

    private static List<Capability> ReadCapabilities(ref RlpReader reader)
    {
        var capabilities = new List<Capability>();
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            int inner = reader.EnterList();
            int at = reader.PositionBytes;
            var name = reader.ReadString();
            ulong version = reader.ReadUInt64();
            reader.LeaveList(inner);
            if (name.Length > MaxNameBytes || capabilities.Count == MaxCapabilities)
            {
                reader.Fail(RlpError.WrongLength, at);
            }

            capabilities.Add(new Capability(Printable(name), version));
        }

        reader.LeaveList(outer);
        return capabilities;
    }

    /// <summary>Names go into logs, so every byte that is not printable ASCII becomes a question mark.</summary>
    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte next in bytes)
        {
            text.Append(next is >= 0x20 and < 0x7f ? (char)next : '?');
        }

        return text.ToString();
    }
}
