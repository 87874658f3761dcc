using System.Net;
using System.Net.Sockets;
using Mempulse.Node.Options;

namespace Mempulse.Node.Starting;

/// <summary>Finds addresses that cannot be listened on before anything else is opened.</summary>
internal static class ListenCheck
{
    private const string Local = "localhost";

    private const string Remedy = "Choose another address with --urls.";

    /// <summary>Listens on all addresses at once for a moment.</summary>
    /// <exception cref="IOException">One of them is in use, also by another one, or not of this machine; or a Unix socket cannot be created.</exception>
    public static void ThrowIfTaken(IEnumerable<string> addresses)
    {
        var probes = new List<TcpListener>();
        try
        {
            foreach (string address in addresses)
            {
                var parsed = ApiAddress.Parse(address);
                ThrowIfImpossible(parsed, address);
                probes.AddRange(PlacesOf(parsed).Select(place => Listen(place, address, Remedy)));
            }
        }
        finally
        {
            probes.ForEach(static probe => probe.Dispose());
        }
    }

    /// <summary>Listens for a moment.</summary>
    /// <param name="place">Where.</param>
    /// <param name="shown">The same, as the user wrote it.</param>
    /// <param name="remedy">What to do if it fails.</param>
    /// <exception cref="IOException">It is in use, or not of this machine.</exception>
    public static void ThrowIfTaken(IPEndPoint place, string shown, string remedy)
    {
        using var probe = Listen(place, shown, remedy);
    }

    private static TcpListener Listen(IPEndPoint place, string shown, string remedy)
    {
        var probe = new TcpListener(place);
        try
        {
            probe.Start();
            return probe;
        }
        catch (SocketException taken)
        {
            probe.Dispose();
            throw new IOException($"Cannot listen on {shown}: {taken.Message}. {remedy}", taken);
        }
    }

    private static void ThrowIfImpossible(BindingAddress address, string shown)
    {
        if (!address.IsUnixPipe)
        {
            return;
        }

        string? directory = Path.GetDirectoryName(address.UnixPipePath);
        if (!Directory.Exists(directory))
        {
            throw new IOException($"Cannot listen on {shown}: there is no directory '{directory}'. {Remedy}");
        }

        try
        {
            ThrowIfUsed(new UnixDomainSocketEndPoint(address.UnixPipePath), address.UnixPipePath, shown);
        }
        catch (ArgumentException tooLong)
        {
            throw new IOException($"Cannot listen on {shown}: the path is too long for a Unix socket. {Remedy}", tooLong);
        }
    }

    /// <summary>Deletes the socket of a process that was killed: it refuses connections, and its file would stop every later start. A socket in use and any other file stay.</summary>
    private static void ThrowIfUsed(UnixDomainSocketEndPoint place, string path, string shown)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(place);
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException other)
        {
            throw new IOException($"Cannot listen on {shown}: '{path}' exists and is not a free socket ({other.Message}). {Remedy}", other);
        }

        throw new IOException($"Cannot listen on {shown}: another process listens there. {Remedy}");
    }

    /// <summary>A socket has no content to read, and opening it fails; connecting to an ordinary file is refused, too.</summary>
    private static bool IsSocket(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true; // "No such device or address"
        }
    }

    /// <summary>The places of an address with a port of its own; a Unix socket and "any free port" have none.</summary>
    private static IEnumerable<IPEndPoint> PlacesOf(BindingAddress address) =>
        address.IsUnixPipe || address.IsNamedPipe || address.Port == 0 ? []
        : address.Host.Equals(Local, StringComparison.OrdinalIgnoreCase) ? [new IPEndPoint(IPAddress.Loopback, address.Port)]
        : [new IPEndPoint(IPAddress.Parse(address.Host), address.Port)];
}
