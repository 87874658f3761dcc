using System.Net;
using System.Net.Sockets;
using Mempulse.Node.Starting;

namespace Mempulse.Api.Tests.Starting;

/// <summary>What cannot be listened on is found, with its reason, before anything is opened.</summary>
public sealed class ListenCheckTests
{
    [Fact]
    public void An_address_in_use_is_found()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        Refused($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}", "in use");
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}", "http://127.0.0.1:{0}")]
    [InlineData("http://127.0.0.1:{0}", "https://localhost:{0}")]
    public void The_same_address_twice_is_in_use(string first, string second)
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var failure = Assert.Throws<IOException>(() => ListenCheck.ThrowIfTaken([string.Format(null, first, port), string.Format(null, second, port)]));

        Assert.Contains("in use", failure.Message, StringComparison.Ordinal);
        ListenCheck.ThrowIfTaken([string.Format(null, first, port)]); // nothing is left listening
    }

    [Fact]
    public void A_Unix_socket_needs_its_directory_and_a_short_path()
    {
        Refused("http://unix:/no/such/directory/a.sock", "there is no directory '/no/such/directory'");
        Refused($"http://unix:/tmp/{new string('a', 200)}", "too long");
        ListenCheck.ThrowIfTaken(["http://unix:/tmp/mempulse.sock"]);
    }

    [Fact]
    public void The_socket_of_a_killed_process_is_replaced_and_one_in_use_or_any_other_file_is_refused_and_stays()
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-").FullName;
        string stale = Path.Combine(directory, "stale");
        string used = Path.Combine(directory, "used");
        string file = Path.Combine(directory, "file");
        File.WriteAllText(file, "mine");
        using (var killed = Listening(used))
        {
            File.Move(used, stale); // closing a socket deletes the name that it was given, and only that
        }

        using var other = Listening(used);

        ListenCheck.ThrowIfTaken([$"http://unix:{stale}"]);
        Refused($"http://unix:{used}", "another process listens there");
        Refused($"http://unix:{file}", $"'{file}' exists and is not a free socket");

        Assert.Equal([file, used], Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal));
        Assert.Equal("mine", File.ReadAllText(file));
        other.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static Socket Listening(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    private static void Refused(string address, string reason)
    {
        var failure = Assert.Throws<IOException>(() => ListenCheck.ThrowIfTaken([address]));
        Assert.StartsWith($"Cannot listen on {address}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }
}
