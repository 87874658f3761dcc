using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Mempulse.Devp2p.Keys;

/// <summary>The address of a node: public key, IP address and ports.</summary>
/// <param name="Id">The node's public key.</param>
/// <param name="Address">The IP address.</param>
/// <param name="TcpPort">The RLPx port.</param>
/// <param name="UdpPort">The discovery port.</param>
/// <remarks><see href="https://ethereum.org/developers/docs/networking-layer/network-addresses/#enode"/>.</remarks>
public sealed record Enode(NodeId Id, IPAddress Address, int TcpPort, int UdpPort)
{
    private const string Scheme = "enode://";
    private const string UdpPortParameter = "?discport=";

    /// <summary>The RLPx endpoint.</summary>
    public IPEndPoint TcpEndPoint => new(Address, TcpPort);

    /// <summary>The discovery endpoint.</summary>
    public IPEndPoint UdpEndPoint => new(Address, UdpPort);

    /// <summary>Parses "enode://KEY@ADDRESS:PORT[?discport=PORT]"; host names are rejected because nothing is resolved.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Enode? enode)
    {
        enode = null;
        int at = text?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        if (text is null || at < 0 || !text.StartsWith(Scheme, StringComparison.Ordinal) || !NodeId.TryParse(text[Scheme.Length..at], out var id))
        {
            return false;
        }

        string place = text[(at + 1)..];
        int parameterAt = place.IndexOf(UdpPortParameter, StringComparison.Ordinal);
        string endPoint = parameterAt < 0 ? place : place[..parameterAt];
        if (!IPEndPoint.TryParse(endPoint, out var tcp) || tcp.Port == 0)
        {
            return false;
        }

        int udpPort = tcp.Port;
        if (parameterAt >= 0 && !int.TryParse(place[(parameterAt + UdpPortParameter.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out udpPort))
        {
            return false;
        }

        enode = new Enode(id, tcp.Address, tcp.Port, udpPort);
        return udpPort <= IPEndPoint.MaxPort;
    }

    /// <summary>Formats the URL that <see cref="TryParse"/> parses.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Scheme}{Id}@{TcpEndPoint}{(UdpPort == TcpPort ? string.Empty : UdpPortParameter)}{(UdpPort == TcpPort ? string.Empty : UdpPort.ToString(CultureInfo.InvariantCulture))}");
}
