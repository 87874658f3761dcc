using System.Net;
using System.Net.Sockets;
using Mempulse.Node.Options;

namespace Mempulse.Node.Starting;

/// <summary>Finds addresses that cannot be listened on before anything else is opened.</summary>
internal static class ListenCheck
{
    private const string Local = "localhost";

    /// <summary>Listens on each address for a moment.</summary>
    /// <exception cref="IOException">One of them is in use, or not of this machine.</exception>
    public static void ThrowIfTaken(IEnumerable<string> addresses)
    {
        foreach (string address in addresses)
        {
            foreach (var place in PlacesOf(ApiAddress.Parse(address)))
            {
                ThrowIfTaken(place, address, "Choose another address with --urls.");
            }
        }
    }

    /// <summary>Listens for a moment.</summary>
    /// <param name="place">Where.</param>
    /// <param name="shown">The same, as the user wrote it.</param>
    /// <param name="remedy">What to do if it fails.</param>
    /// <exception cref="IOException">It is in use, or not of this machine.</exception>
    public static void ThrowIfTaken(IPEndPoint place, string shown, string remedy)
    {
        try
        {
            using var probe = new TcpListener(place);
            probe.Start();
        }
        catch (SocketException taken)
        {
            throw new IOException($"Cannot listen on {shown}: {taken.Message}. {remedy}", taken);
        }
    }

    /// <summary>The places of an address with a port of its own; a Unix socket and "any free port" have none.</summary>
    private static IEnumerable<IPEndPoint> PlacesOf(BindingAddress address) =>
        address.IsUnixPipe || address.IsNamedPipe || address.Port == 0 ? []
        : address.Host.Equals(Local, StringComparison.OrdinalIgnoreCase) ? [new IPEndPoint(IPAddress.Loopback, address.Port)]
        : [new IPEndPoint(IPAddress.Parse(address.Host), address.Port)];
}
