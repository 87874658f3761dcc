using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Resolves the host names of nodes, at each use: addresses of names change.</summary>
internal sealed class HostNames(Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
{
    /// <summary>Maximum number of addresses of one name that are tried.</summary>
    private const int MaxAddresses = 8;

    /// <summary>The addresses of a node, IPv4 and IPv6, in the order of the resolver; empty when its name has none.</summary>
    public async ValueTask<IReadOnlyList<IPAddress>> FindAsync(Enode node, CancellationToken cancellationToken)
    {
        if (node.Host is not { } host)
        {
            return [node.Address];
        }

        try
        {
            return [.. (await lookUp(host, cancellationToken).ConfigureAwait(false)).Take(MaxAddresses)];
        }
        catch (SocketException)
        {
            return []; // no such name, or no resolver
        }
    }
}
