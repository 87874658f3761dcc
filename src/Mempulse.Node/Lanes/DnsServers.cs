using System.Net;
using Mempulse.Node.Options;

namespace Mempulse.Node.Lanes;

/// <summary>Finds the DNS server for DNS trees.</summary>
internal static class DnsServers
{
    private const int Port = 53;
    private const string SystemFile = "/etc/resolv.conf";
    private const string ServerLine = "nameserver ";

    /// <summary>The configured server, or the system's first.</summary>
    /// <exception cref="NodeUsageException">The configured server is not valid, or the system has none.</exception>
    public static IPEndPoint Find(string? named)
    {
        string? text = named ?? (File.Exists(SystemFile) ? File.ReadLines(SystemFile).FirstOrDefault(static line => line.StartsWith(ServerLine, StringComparison.Ordinal))?[ServerLine.Length..].Trim() : null);
        return IPEndPoint.TryParse(text ?? string.Empty, out var server)
            ? new IPEndPoint(server.Address, server.Port == 0 ? Port : server.Port)
            : throw new NodeUsageException(named is null ? "Cannot read DNS trees: the system has no DNS server. Set Mempulse:P2p:DnsServer." : $"'{named}' is not a valid DNS server: expected ADDRESS or ADDRESS:PORT.");
    }
}
