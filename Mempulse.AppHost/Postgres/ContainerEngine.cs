using System.Net.Sockets;

namespace Mempulse.AppHost.Postgres;

/// <summary>Whether a container engine runs: Docker's or podman's socket, or Docker Desktop's pipe.</summary>
internal static class ContainerEngine
{
    private const string SocketScheme = "unix://";
    private const string DesktopPipe = @"\\.\pipe\docker_engine";

    /// <summary>True if one takes connections. A socket whose engine has ended does not count.</summary>
    public static bool Answers() => OperatingSystem.IsWindows() ? File.Exists(DesktopPipe) : Sockets().Any(Answers);

    private static IEnumerable<string> Sockets()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named)
        {
            return named.StartsWith(SocketScheme, StringComparison.Ordinal) ? [named[SocketScheme.Length..]] : [];
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string run = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run";
        return ["/var/run/docker.sock", "/run/podman/podman.sock", $"{run}/docker.sock", $"{run}/podman/podman.sock", $"{home}/.docker/run/docker.sock"];
    }

    private static bool Answers(string path)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return false; // no socket, no engine behind it, or a path that is too long for one
        }
    }
}
