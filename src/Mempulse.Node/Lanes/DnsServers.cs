using System.Net;
using Mempulse.Node.Options;

namespace Mempulse.Node.Lanes;

/// <summary>Which DNS server is asked.</summary>
internal static class DnsServers
{
    private const int Port = 53;
    private const string SystemFile = "/etc/resolv.conf";
    private const string ServerLine = "nameserver ";

    /// <summary>The server that was named, or the system's first.</summary>
    /// <exception cref="NodeUsageException">It cannot be understood, or the system names none.</exception>
    public static IPEndPoint Find(string? named)
    {
        string? text = named ?? (File.Exists(SystemFile) ? File.ReadLines(SystemFile).FirstOrDefault(static line => line.StartsWith(ServerLine, StringComparison.Ordinal))?[ServerLine.Length..].Trim() : null);
        return IPEndPoint.TryParse(text ?? string.Empty, out var server)
            ? new IPEndPoint(server.Address, server.Port == 0 ? Port : server.Port)
            : throw new NodeUsageException(named is null ? "This system names no DNS server; a tree of nodes needs DnsServer." : $"'{named}' is no DNS server: it is ADDRESS or ADDRESS:PORT.");
    }
}
