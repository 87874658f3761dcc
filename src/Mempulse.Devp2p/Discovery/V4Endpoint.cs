using System.Net;
using Mempulse.Ethereum.Rlp;

namespace Mempulse.Devp2p.Discovery;

/// <summary>An address with UDP and TCP port as discovery packets carry it. Untrusted: the address can be absent or false.</summary>
internal sealed record V4Endpoint(byte[] Address, int UdpPort, int TcpPort)
{
    public static V4Endpoint Of(IPEndPoint place, int tcpPort) => new(place.Address.GetAddressBytes(), place.Port, tcpPort);

    /// <summary>Returns the IP address; null when the length is neither 4 nor 16 bytes.</summary>
    public IPAddress? ToAddress() => Address.Length is 4 or 16 ? new IPAddress(Address) : null;

    public void Encode(in RlpWriter writer)
    {
        int list = writer.BeginList();
        WriteFields(writer);
        writer.EndList(list);
    }

    public void WriteFields(in RlpWriter writer)
    {
        writer.Write(Address);
        writer.Write((ulong)UdpPort);
        writer.Write((ulong)TcpPort);
    }

    /// <summary>Reads the fields; the caller skips any further items of the list.</summary>
    public static V4Endpoint ReadFields(ref RlpReader reader)
    {
        byte[] address = reader.ReadString().ToArray();
        ulong udp = reader.HasMore ? reader.ReadUInt64() : 0;
        ulong tcp = reader.HasMore ? reader.ReadUInt64() : 0;
        if (udp > ushort.MaxValue || tcp > ushort.MaxValue)
        {
            reader.Fail(RlpError.IntegerTooWide, reader.PositionBytes);
            return new V4Endpoint([], 0, 0);
        }

        return new V4Endpoint(address, (int)udp, (int)tcp);
    }

    public static V4Endpoint Read(ref RlpReader reader)
    {
        int outer = reader.EnterList();
        var endpoint = ReadFields(ref reader);
        V4Codec.SkipRest(ref reader, outer);
        return endpoint;
    }
}
