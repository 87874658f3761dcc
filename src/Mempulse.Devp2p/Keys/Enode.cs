using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Mempulse.Devp2p.Keys;

/// <summary>The address of a node: public key, IP address or host name, and ports.</summary>
/// <param name="Id">The node's public key.</param>
/// <param name="Address">The IP address; <see cref="IPAddress.None"/> for a node with a <see cref="Host"/>.</param>
/// <param name="TcpPort">The RLPx port.</param>
/// <param name="UdpPort">The discovery port.</param>
/// <remarks><see href="https://ethereum.org/developers/docs/networking-layer/network-addresses/#enode"/>.</remarks>
public sealed record Enode(NodeId Id, IPAddress Address, int TcpPort, int UdpPort)
{
    private const string Scheme = "enode://";
    private const int IPv4Dots = 3;
    private const string UdpPortParameter = "?discport=";

    /// <summary>The host name, which is resolved at each dial; null for a node with an IP address.</summary>
    public string? Host { get; init; }

    /// <summary>The RLPx endpoint.</summary>
    public IPEndPoint TcpEndPoint => new(Address, TcpPort);

    /// <summary>The discovery endpoint.</summary>
    public IPEndPoint UdpEndPoint => new(Address, UdpPort);

    /// <summary>ADDRESS:PORT or HOST:PORT of the RLPx endpoint.</summary>
    public string Place => Host is null ? TcpEndPoint.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Host}:{TcpPort}");

    /// <summary>Parses "enode://KEY@ADDRESS:PORT[?discport=PORT]", where ADDRESS is an IP address or a host name.</summary>
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
        if (!TryReadPlace(endPoint, out var address, out string? host, out int tcpPort))
        {
            return false;
        }

        int udpPort = tcpPort;
        if (parameterAt >= 0 && !int.TryParse(place[(parameterAt + UdpPortParameter.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out udpPort))
        {
            return false;
        }

        enode = new Enode(id, address, tcpPort, udpPort) { Host = host };
        return udpPort <= IPEndPoint.MaxPort;
    }

    /// <summary>Formats the URL that <see cref="TryParse"/> parses.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Scheme}{Id}@{Place}{(UdpPort == TcpPort ? string.Empty : UdpPortParameter)}{(UdpPort == TcpPort ? string.Empty : UdpPort.ToString(CultureInfo.InvariantCulture))}");

    private static bool TryReadPlace(string text, out IPAddress address, out string? host, out int port)
    {
        (address, host, port) = (IPAddress.None, null, 0);
        if (IPEndPoint.TryParse(text, out var endPoint))
        {
            (address, port) = (endPoint.Address, endPoint.Port);
            bool isShortened = address.AddressFamily == AddressFamily.InterNetwork && text.Count(static letter => letter == '.') != IPv4Dots;
            return port > 0 && !isShortened; // 1.2.3 would be read as 1.2.0.3
        }

        int at = text.LastIndexOf(':');
        if (at < 0 || !IsHostName(text[..at]) || !int.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            return false;
        }

        host = text[..at];
        return port is > 0 and <= IPEndPoint.MaxPort;
    }

    /// <summary>A name whose last label is a number is a mistyped IP address.</summary>
    private static bool IsHostName(string text) =>
        Uri.CheckHostName(text) == UriHostNameType.Dns && text[(text.LastIndexOf('.') + 1)..].Any(static letter => !char.IsAsciiDigit(letter));
}
