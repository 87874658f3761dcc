using System.Net.Sockets;

namespace Mempulse.Node.Starting;

/// <summary>Starts a node.</summary>
internal static class NodeStart
{
    /// <summary>Starts it, unless Ctrl+C or SIGTERM arrives first.</summary>
    /// <returns>False if the start was cancelled.</returns>
    /// <exception cref="IOException">It cannot listen on its address.</exception>
    public static async Task<bool> TryStartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (Exception cancelled) when (ExpectedFailure.IsCancellation(cancelled) && app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false; // Orleans refuses to stop a silo that is starting. A log that is open already is recovered as after a crash.
        }
        catch (SocketException refused) // Kestrel wraps only the address in use.
        {
            await app.StopAsync();
            var places = app.Services.GetRequiredService<ListenPlaces>();
            ListenCheck.ThrowIfTaken(places.Api);
            throw new IOException($"Cannot listen on 127.0.0.1:{places.SiloPort}, the port of the silo: {refused.Message}. Restart the node: it chooses another port.", refused);
        }
    }
}
